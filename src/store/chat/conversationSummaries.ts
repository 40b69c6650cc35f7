import { sql } from "kysely";
import { channelOf, isMasked, personOf } from "../../models/numbers/address.ts";
import { pairKey } from "../../models/chat/pairKey.ts";
import type { Message, Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { isOneOf } from "./conversationKeys.ts";

/** What a conversation gains by new messages, or by being added. */
export interface Growth extends Pair {
  at: Date;
  unread: number;
  serviceSid: string | null;
}

/** Makes sure that target and conversation are there, and counts what is unread. */
export async function growConversations(unit: Unit, growths: Growth[]): Promise<void> {
  for (const chunk of chunks(sorted(growths))) {
    await growTargets(unit, chunk);
    await saveConversations(unit, chunk);
  }
}

/** Makes the conversations' last messages follow from their messages again. */
export async function refreshConversations({ trx, accountSid }: Unit, pairs: Pair[]): Promise<void> {
  for (const chunk of chunks(sorted(pairs))) {
    await sql`
      update conversations
      set (last_body, last_direction, last_num_media, last_at) = (
        select m.body, m.direction, m.num_media, m.at from messages m
        where m.conversation = conversations.key
        order by m.at desc, m.id desc limit 1)
      where account_sid = ${accountSid} and ${isOneOf(chunk)}
    `.execute(trx);
  }
}

/** Before a message goes. What is unread are the newest inbound ones, so it is among them when fewer than that are newer. */
export async function uncountUnread({ trx, accountSid }: Unit, message: Message): Promise<void> {
  if (message.direction !== "inbound") return;
  const { twilioNumber, target, at, id } = message;
  await sql`
    update conversations set unread = unread - 1
    where account_sid = ${accountSid} and twilio_number = ${twilioNumber} and target = ${target}
      and unread > (
        select count(*) from messages m
        where m.conversation = conversations.key and m.direction = 'inbound' and (m.at, m.id) > (${at.getTime()}, ${id}))
  `.execute(trx);
}

/** A number that Twilio had masked is nobody's, once the message is where it belongs. */
export async function forgetMasked({ trx, accountSid }: Unit, pairs: Pair[]): Promise<void> {
  for (const { twilioNumber, target } of pairs.filter(({ target }) => isMasked(target))) {
    const { numDeletedRows } = await trx
      .deleteFrom("conversations")
      .where("account_sid", "=", accountSid)
      .where("twilio_number", "=", twilioNumber)
      .where("target", "=", target)
      .where("last_at", "is", null)
      .executeTakeFirst();
    if (numDeletedRows === 0n) continue;
    await trx
      .deleteFrom("targets")
      .where("account_sid", "=", accountSid)
      .where("phone_number", "=", target)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("conversations")
              .select("conversations.target")
              .whereRef("conversations.account_sid", "=", "targets.account_sid")
              .whereRef("conversations.target", "=", "targets.phone_number"),
          ),
        ),
      )
      .execute();
  }
}

async function growTargets({ trx, accountSid }: Unit, growths: Growth[]): Promise<void> {
  const latest = new Map<string, number>();
  for (const { target, at } of growths) latest.set(target, Math.max(at.getTime(), latest.get(target) ?? 0));
  const rows = [...latest].map(([phone_number, active_at]) => ({
    account_sid: accountSid,
    phone_number,
    person: personOf(phone_number),
    channel: channelOf(phone_number),
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

async function saveConversations({ trx, accountSid }: Unit, growths: Growth[]): Promise<void> {
  const rows = growths.map(({ twilioNumber, target, unread, serviceSid }) => ({
    account_sid: accountSid,
    twilio_number: twilioNumber,
    target,
    unread,
    service_sid: serviceSid,
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
          service_sid: eb.fn.coalesce("excluded.service_sid", "conversations.service_sid"),
        }))
        .where((eb) => eb.or([eb("excluded.unread", ">", 0), eb("excluded.service_sid", "is not", null)])),
    )
    .execute();
}

function sorted<T extends Pair>(pairs: T[]): T[] {
  return pairs.toSorted((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
}
