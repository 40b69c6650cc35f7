import type { Kysely } from "kysely";
import type { IntakeBatch } from "../../models/chat/intakeBatch.ts";
import type { MediaPart, Message } from "../../models/types.ts";
import { keyOf } from "../account/accountKey.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Tables } from "../engines/schema.ts";

const rowsPerStatement = 200;

/** Adds what messages of the batch brought and was not known of them. */
export async function saveMedia(
  unit: Unit,
  { media, changes, removed }: Pick<IntakeBatch, "media" | "changes" | "removed">,
): Promise<void> {
  const told = new Set(changes.flatMap((change) => ("messageId" in change ? [change.messageId] : [])));
  for (const [id, parts] of media) {
    if (removed.has(id) || !(await addMedia(unit, id, parts))) continue;
    // The log was first with the message itself.
    if (!told.has(id)) unit.announce({ kind: "changed", messageId: id });
  }
}

/** Also that there are none; false when it was known already. */
export async function addMedia(
  { trx, accountKey }: Unit,
  message: string,
  parts: MediaPart[],
): Promise<boolean> {
  const told = parts.length > 0 ? parts : [{ sid: "", contentType: "" }];
  const rows = told.map(({ sid, contentType }, position) => ({
    ...{ account: accountKey, message, position, sid },
    content_type: contentType,
  }));
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("media")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function deleteMedia({ trx, accountKey }: Unit, ids: string[]): Promise<void> {
  for (const chunk of chunks(ids, rowsPerStatement))
    await trx.deleteFrom("media").where("account", "=", accountKey).where("message", "in", chunk).execute();
}

/** The messages with their parts, as far as they are known. */
export async function withMedia<M extends Message>(
  db: Kysely<Tables>,
  accountSid: string,
  messages: M[],
): Promise<M[]> {
  const ids = messages.filter(({ numMedia }) => numMedia > 0).map(({ id }) => id);
  if (ids.length === 0) return messages;
  const rows = await db
    .selectFrom("media")
    .select(["message", "sid", "content_type as contentType"])
    .where("account", "=", keyOf(accountSid))
    .where("message", "in", ids)
    .orderBy("message")
    .orderBy("position")
    .execute();
  const known = Map.groupBy(rows, ({ message }) => message);
  return messages.map((message) => {
    const parts = known.get(message.id);
    if (parts === undefined) return message;
    const media = parts.filter(({ sid }) => sid !== "").map(({ sid, contentType }) => ({ sid, contentType }));
    return { ...message, media };
  });
}
