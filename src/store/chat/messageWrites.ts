import { pairKey } from "../../models/chat/pairKey.ts";
import type { Message } from "../../models/types.ts";
import type { IntakeBatch } from "../../models/chat/intakeBatch.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { conversationKeys } from "./conversationKeys.ts";
import type { MessageRow } from "../engines/schema.ts";
import { freshKey } from "./messageKeys.ts";
import { deleteMedia } from "./mediaRows.ts";
import { toRow } from "./messageRows.ts";
import { entryOf, wordColumns } from "./wordEntries.ts";

const rowsPerStatement = 200;
const restMs = 60_000;

type Saved = Pick<IntakeBatch, "saved" | "unfound" | "reworded">;

/** Adds or replaces what the batch has saved; `holders` knows who has a message in hand. */
export async function saveMessages(
  unit: Unit,
  { saved, unfound, reworded }: Saved,
  holders: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = await rowsToSave(unit, [...saved.values()], holders);
  await forgetWords(unit, [...reworded]);
  for (const chunk of chunks(rows, rowsPerStatement)) {
    const keys = await saveRows(unit, chunk);
    const entries = chunk
      .filter(({ id }) => unfound.has(id) || reworded.has(id))
      .map((row) => entryOf({ ...row, key: keys.get(row.id) ?? row.key }));
    await unit.wordIndex.add(unit.trx, unit.accountKey, entries);
  }
}

async function rowsToSave(
  unit: Unit,
  messages: Message[],
  holders: ReadonlyMap<string, string>,
): Promise<MessageRow[]> {
  const keys = await conversationKeys(unit, messages);
  // By time, so that neighbours lie together.
  const sorted = messages.toSorted((a, b) => Number(a.at) - Number(b.at) || (a.id < b.id ? -1 : 1));
  return sorted.map((message) => {
    const conversation = keys.get(pairKey(message));
    if (conversation === undefined) throw new Error("A message is kept after its conversation");
    const holder = holders.get(message.id) ?? "";
    return toRow({ key: freshKey(message.at), account: unit.accountKey, conversation, holder }, message);
  });
}

/** Before these messages change. */
async function forgetWords({ trx, accountKey, wordIndex }: Unit, ids: string[]): Promise<void> {
  for (const chunk of chunks(ids)) {
    const rows = await trx
      .selectFrom("messages")
      .select(wordColumns)
      .where("account", "=", accountKey)
      .where("id", "in", chunk)
      .execute();
    await wordIndex.remove(trx, accountKey, rows.map(entryOf));
  }
}

/** The keys that they have, by id: the old ones of those that were there. */
async function saveRows({ trx }: Unit, rows: MessageRow[]): Promise<Map<string, number>> {
  const saved = await trx
    .insertInto("messages")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["account", "id"]).doUpdateSet((eb) => ({
        sid: eb.ref("excluded.sid"),
        conversation: eb.ref("excluded.conversation"),
        direction: eb.ref("excluded.direction"),
        body: eb.ref("excluded.body"),
        status: eb.ref("excluded.status"),
        status_rank: eb.ref("excluded.status_rank"),
        error_code: eb.ref("excluded.error_code"),
        error_message: eb.ref("excluded.error_message"),
        num_media: eb.ref("excluded.num_media"),
        at: eb.ref("excluded.at"),
        opt_out: eb.ref("excluded.opt_out"),
        service_sid: eb.ref("excluded.service_sid"),
        redacted: eb.ref("excluded.redacted"),
        touched_at: eb.ref("excluded.touched_at"),
      })),
    )
    .returning(["id", "key"])
    .execute();
  return new Map(saved.map(({ id, key }) => [id, key]));
}

export async function deleteMessages(unit: Unit, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await forgetWords(unit, ids);
  await deleteMedia(unit, ids);
  await unit.trx
    .deleteFrom("messages")
    .where("account", "=", unit.accountKey)
    .where("id", "in", ids)
    .execute();
}

/** Twilio was asked just now and had no news, so whoever asks about unsettled messages can take others first. */
export async function touchMessages({ trx, accountKey }: Unit, ids: string[]): Promise<void> {
  const now = Date.now();
  for (const chunk of chunks(ids, rowsPerStatement)) {
    await trx
      .updateTable("messages")
      .set({ touched_at: now })
      .where("account", "=", accountKey)
      .where("id", "in", chunk)
      .where("touched_at", "<", now - restMs)
      .execute();
  }
}
