import { sql, type Kysely } from "kysely";
import { neverConfirmed } from "../../models/chat/deliveries.ts";
import { chunks } from "./conversationSummaries.ts";
import type { MessageRow, Tables } from "../engines/schema.ts";
import type { Unit } from "../commits/writer.ts";

const rowsPerStatement = 200;
const sidsPerStatement = 500;

const givenUpMs = 3_600_000;

// As text rather than as parameters: only so does SQLite see that the partial index fits.
export const isInFlight = sql<boolean>`sid is null and status in ('pending', 'checking')`;
export const isUnsettled = sql<boolean>`sid is not null and direction = 'outbound' and status_rank < 5`;

export async function rowsBySid({ trx, accountSid }: Unit, sids: string[]): Promise<Map<string, MessageRow>> {
  const rows = new Map<string, MessageRow>();
  for (const chunk of chunks([...new Set(sids)], sidsPerStatement)) {
    const found = trx.selectFrom("messages").selectAll().where("account_sid", "=", accountSid);
    for (const row of await found.where("sid", "in", chunk).execute()) rows.set(row.sid ?? "", row);
  }
  return rows;
}

export function inFlightRows({ trx, accountSid }: Unit): Promise<MessageRow[]> {
  return trx
    .selectFrom("messages")
    .selectAll()
    .where("account_sid", "=", accountSid)
    .where(isInFlight)
    .execute();
}

/** Messages of the last hour that count as not sent only because Twilio's log did not have them. */
export function givenUpRows({ trx, accountSid }: Unit): Promise<MessageRow[]> {
  return trx
    .selectFrom("messages")
    .selectAll()
    .where("account_sid", "=", accountSid)
    .where("at", ">", Date.now() - givenUpMs)
    .where("sid", "is", null)
    .where("error_message", "=", neverConfirmed)
    .execute();
}

export function rowById(db: Kysely<Tables>, accountSid: string, id: string): Promise<MessageRow | undefined> {
  return db
    .selectFrom("messages")
    .selectAll()
    .where("account_sid", "=", accountSid)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Adds or replaces, by id. */
export async function saveRows({ trx }: Unit, rows: MessageRow[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const chunk of chunks(sorted, rowsPerStatement)) {
    await trx
      .insertInto("messages")
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(["account_sid", "id"]).doUpdateSet((eb) => ({
          sid: eb.ref("excluded.sid"),
          body: eb.ref("excluded.body"),
          status: eb.ref("excluded.status"),
          status_rank: eb.ref("excluded.status_rank"),
          error_code: eb.ref("excluded.error_code"),
          error_message: eb.ref("excluded.error_message"),
          num_media: eb.ref("excluded.num_media"),
          at: eb.ref("excluded.at"),
          touched_at: eb.ref("excluded.touched_at"),
        })),
      )
      .execute();
  }
}

export async function deleteRow({ trx, accountSid }: Unit, id: string): Promise<void> {
  await trx.deleteFrom("messages").where("account_sid", "=", accountSid).where("id", "=", id).execute();
}
