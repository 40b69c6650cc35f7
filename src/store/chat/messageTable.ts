import { sql, type Kysely } from "kysely";
import { finalRank } from "../../models/chat/messageStatus.ts";
import type { Message } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { MessageRow, Tables } from "../engines/schema.ts";
import { toRow } from "./messageRows.ts";

const rowsPerStatement = 200;
const sidsPerStatement = 500;
const unconfirmedMs = 3_600_000;
const restMs = 60_000;

// As text rather than as parameters: only so does SQLite see that the partial index fits.
export const isInFlight = sql<boolean>`sid is null and status in ('pending', 'handed', 'checking')`;
export const isUnsettled = sql<boolean>`sid is not null and direction = 'outbound' and status_rank < ${sql.lit(finalRank)}`;

export function messageRows(db: Kysely<Tables>, accountSid: string) {
  return db.selectFrom("messages").selectAll().where("account_sid", "=", accountSid);
}

export async function rowsBySid({ trx, accountSid }: Unit, sids: string[]): Promise<MessageRow[]> {
  const rows: MessageRow[] = [];
  for (const chunk of chunks([...new Set(sids)], sidsPerStatement))
    rows.push(...(await messageRows(trx, accountSid).where("sid", "in", chunk).execute()));
  return rows;
}

export async function rowsById({ trx, accountSid }: Unit, ids: string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  return messageRows(trx, accountSid).where("id", "in", ids).execute();
}

/** Ours that an entry of the log may be: on their way, or of the last hour and never confirmed. */
export function openRows({ trx, accountSid }: Unit): Promise<MessageRow[]> {
  const unconfirmed = sql<boolean>`status = 'unconfirmed' and touched_at > ${Date.now() - unconfirmedMs}`;
  return messageRows(trx, accountSid)
    .where("sid", "is", null)
    .where((eb) => eb.or([isInFlight, unconfirmed]))
    .orderBy("at")
    .execute();
}

/** Adds or replaces, by id; `holders` knows who has a message in hand. */
export async function saveMessages(
  { trx, accountSid }: Unit,
  messages: Message[],
  holders: ReadonlyMap<string, string>,
): Promise<void> {
  const sorted = messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const chunk of chunks(sorted, rowsPerStatement)) {
    await trx
      .insertInto("messages")
      .values(chunk.map((message) => toRow(accountSid, message, holders.get(message.id) ?? "")))
      .onConflict((conflict) =>
        conflict.columns(["account_sid", "id"]).doUpdateSet((eb) => ({
          sid: eb.ref("excluded.sid"),
          twilio_number: eb.ref("excluded.twilio_number"),
          target: eb.ref("excluded.target"),
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

export async function deleteMessages({ trx, accountSid }: Unit, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom("messages").where("account_sid", "=", accountSid).where("id", "in", ids).execute();
}

/** Twilio was asked just now and had no news, so whoever asks about unsettled messages can take others first. */
export async function touchMessages({ trx, accountSid }: Unit, ids: string[]): Promise<void> {
  const now = Date.now();
  for (const chunk of chunks(ids, rowsPerStatement)) {
    await trx
      .updateTable("messages")
      .set({ touched_at: now })
      .where("account_sid", "=", accountSid)
      .where("id", "in", chunk)
      .where("touched_at", "<", now - restMs)
      .execute();
  }
}
