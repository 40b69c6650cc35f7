import { sql } from "kysely";
import { isMasked } from "../../models/numbers/address.ts";
import { pairKey } from "../../models/chat/pairKey.ts";
import type { Message, Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { inOrder, isOneOf } from "./conversationKeys.ts";

/** Makes the conversations' last messages follow from their messages again. */
export async function refreshConversations({ trx, accountSid }: Unit, pairs: Pair[]): Promise<void> {
  for (const chunk of chunks(inOrder(pairs))) {
    await sql`
      update conversations
      set (last_body, last_direction, last_num_media, last_status, last_at) = (
        select m.body, m.direction, m.num_media, m.status, m.at from messages m
        where m.conversation = conversations.key
        order by m.at desc, m.id desc limit 1)
      where account_sid = ${accountSid} and ${isOneOf(chunk)}
    `.execute(trx);
  }
}

/** Before messages go. What is unread are the newest inbound ones of a conversation. */
export async function uncountUnread(unit: Unit, messages: Message[]): Promise<void> {
  const inbound = messages.filter(({ direction }) => direction === "inbound");
  for (const own of Map.groupBy(inbound, pairKey).values()) {
    const conversation = await unit.trx
      .selectFrom("conversations")
      .select(["key", "unread"])
      .where("account_sid", "=", unit.accountSid)
      .where(isOneOf(own.slice(0, 1)))
      .where("unread", ">", 0)
      .executeTakeFirst();
    if (conversation) await uncount(unit, conversation, own);
  }
}

async function uncount(
  { trx }: Unit,
  { key, unread }: { key: number; unread: number },
  messages: Message[],
): Promise<void> {
  const oldest = await trx
    .selectFrom("messages")
    .select(["at", "id"])
    .where("conversation", "=", key)
    .where("direction", "=", "inbound")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .offset(unread - 1)
    .limit(1)
    .executeTakeFirst();
  const isUnread = ({ at, id }: Message) =>
    oldest === undefined || at.getTime() > oldest.at || (at.getTime() === oldest.at && id >= oldest.id);
  const left = Math.max(0, unread - messages.filter(isUnread).length);
  await trx.updateTable("conversations").set({ unread: left }).where("key", "=", key).execute();
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
