import { pairKey } from "../../models/chat/pairKey.ts";
import type { Message } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import { conversationKeys } from "./conversationKeys.ts";
import { toRow } from "./messageRows.ts";

const rowsPerStatement = 200;
const restMs = 60_000;

/** Adds or replaces, by id; `holders` knows who has a message in hand. */
export async function saveMessages(
  unit: Unit,
  messages: Message[],
  holders: ReadonlyMap<string, string>,
): Promise<void> {
  const sorted = messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const keys = await conversationKeys(unit, messages);
  const rows = sorted.map((message) => {
    const conversation = keys.get(pairKey(message));
    if (conversation === undefined) throw new Error("A message is kept after its conversation");
    return toRow({ account: unit.accountKey, conversation, holder: holders.get(message.id) ?? "" }, message);
  });
  for (const chunk of chunks(rows, rowsPerStatement)) {
    await unit.trx
      .insertInto("messages")
      .values(chunk)
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
      .execute();
  }
}

export async function deleteMessages({ trx, accountKey }: Unit, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom("messages").where("account", "=", accountKey).where("id", "in", ids).execute();
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
