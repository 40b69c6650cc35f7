import { sql } from "kysely";
import { isMasked } from "../../models/numbers/address.ts";
import type { Message, Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { inOrder, isOneOf } from "./conversationKeys.ts";

/** Makes the conversations' last messages follow from their messages again. */
export async function refreshConversations({ trx, accountSid }: Unit, pairs: Pair[]): Promise<void> {
  for (const chunk of chunks(inOrder(pairs))) {
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
