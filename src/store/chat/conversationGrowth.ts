import { channelOf, personOf } from "../../models/numbers/address.ts";
import type { Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { inOrder } from "./conversationKeys.ts";

/** What a conversation gains by new messages, or by being added. */
export interface Growth extends Pair {
  at: Date;
  unread: number;
  serviceSid: string | null;
}

/** Makes sure that target and conversation are there, and counts what is unread. */
export async function growConversations(unit: Unit, growths: Growth[]): Promise<void> {
  for (const chunk of chunks(inOrder(growths))) {
    await growTargets(unit, chunk);
    await saveConversations(unit, chunk);
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
