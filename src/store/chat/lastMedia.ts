import type { Kysely } from "kysely";
import type { Conversation } from "../../models/types.ts";
import type { Tables } from "../engines/schema.ts";

/** The conversations with the types of what their last messages brought without a word, as far as they are known. */
export async function withLastMedia(
  db: Kysely<Tables>,
  accountSid: string,
  conversations: Conversation[],
): Promise<Conversation[]> {
  const wordless = conversations.filter(
    ({ lastMessage }) => lastMessage && lastMessage.body === "" && lastMessage.numMedia > 0,
  );
  const [first] = wordless;
  if (first === undefined) return conversations;
  const rows = await db
    .selectFrom("conversations")
    .innerJoin("messages", (join) =>
      join
        .onRef("messages.conversation", "=", "conversations.key")
        .onRef("messages.at", "=", "conversations.last_at"),
    )
    .innerJoin("media", (join) =>
      join.onRef("media.account", "=", "messages.account").onRef("media.message", "=", "messages.id"),
    )
    .select(["conversations.target", "messages.id", "media.content_type as contentType"])
    .where("conversations.account_sid", "=", accountSid)
    .where("conversations.twilio_number", "=", first.twilioNumber)
    .where(
      "conversations.target",
      "in",
      wordless.map(({ target }) => target),
    )
    .where("media.sid", "!=", "")
    .orderBy("messages.id")
    .orderBy("media.position")
    .execute();
  const byTarget = Map.groupBy(rows, ({ target }) => target);
  return conversations.map((conversation) => {
    const own = byTarget.get(conversation.target) ?? [];
    // Of several at the same instant the last one counts, as in the thread.
    const newest = own.at(-1)?.id;
    const lastMedia = own.filter(({ id }) => id === newest).map(({ contentType }) => contentType);
    return lastMedia.length > 0 ? { ...conversation, lastMedia } : conversation;
  });
}
