import { sql, type RawBuilder } from "kysely";
import type { Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";

/** What a pair gains by new messages, or by being added. */
export interface Growth extends Pair {
  at: number;
  unread: number;
}

const chunkSize = 200;

/** Makes sure that target and conversation are there, and counts what is unread. */
export async function growPairs(unit: Unit, growths: Growth[]): Promise<void> {
  for (const chunk of chunks(sorted(growths))) {
    await growTargets(unit, chunk);
    await growConversations(unit, chunk);
  }
}

/** Makes the conversations' last messages follow from their messages again. */
export async function refreshPairs({ trx, accountSid }: Unit, pairs: Pair[]): Promise<void> {
  for (const chunk of chunks(sorted(pairs))) {
    await sql`
      update conversations
      set (last_body, last_direction, last_num_media, last_at) = (
        select m.body, m.direction, m.num_media, m.at from messages m
        where m.account_sid = conversations.account_sid
          and m.twilio_number = conversations.twilio_number and m.target = conversations.target
        order by m.at desc, m.id desc limit 1)
      where account_sid = ${accountSid} and (twilio_number, target) in (values ${keys(chunk)})
    `.execute(trx);
  }
}

export function pairKey({ twilioNumber, target }: Pair): string {
  return `${twilioNumber} ${target}`;
}

export function* chunks<T>(items: T[], size = chunkSize): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

async function growTargets({ trx, accountSid }: Unit, growths: Growth[]): Promise<void> {
  const latest = new Map<string, number>();
  for (const { target, at } of growths) latest.set(target, Math.max(at, latest.get(target) ?? 0));
  const rows = [...latest].map(([phone_number, active_at]) => ({
    account_sid: accountSid,
    phone_number,
    active_at,
  }));
  await trx
    .insertInto("targets")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["account_sid", "phone_number"])
        .doUpdateSet((eb) => ({ active_at: eb.ref("excluded.active_at") }))
        .whereRef("targets.active_at", "<", "excluded.active_at"),
    )
    .execute();
}

async function growConversations({ trx, accountSid }: Unit, growths: Growth[]): Promise<void> {
  const rows = growths.map(({ twilioNumber, target, unread }) => ({
    account_sid: accountSid,
    twilio_number: twilioNumber,
    target,
    unread,
    complete: 0,
  }));
  await trx
    .insertInto("conversations")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["account_sid", "twilio_number", "target"])
        .doUpdateSet((eb) => ({
          unread: eb("conversations.unread", "+", eb.ref("excluded.unread")),
        }))
        .where("excluded.unread", ">", 0),
    )
    .execute();
}

function sorted<T extends Pair>(pairs: T[]): T[] {
  return pairs.toSorted((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
}

function keys(pairs: Pair[]): RawBuilder<unknown> {
  return sql.join(pairs.map(({ twilioNumber, target }) => sql`(${twilioNumber}, ${target})`));
}
