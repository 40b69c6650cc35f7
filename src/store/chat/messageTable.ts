import { sql, type Kysely } from "kysely";
import { finalRank } from "../../models/chat/messageStatus.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Tables } from "../engines/schema.ts";
import { keyOf } from "../account/accountKey.ts";
import { idIsSid, type PairedRow } from "./messageRows.ts";

const sidsPerStatement = 500;
const unconfirmedMs = 3_600_000;

// As text rather than as parameters: only so does SQLite see that the partial index fits.
export const isInFlight = sql<boolean>`sid is null and status in ('pending', 'handed', 'checking')`;
const hasSidOfItsOwn = sql<boolean>`sid <> '='`;
export const isUnsettled = sql<boolean>`sid is not null and direction = 'outbound' and status_rank < ${sql.lit(finalRank)}`;

/** In the order that their partial index has them in, which SQLite sees only so. */
export const isFailed = sql<boolean>`messages.status in ('refused', 'unsent', 'unconfirmed', 'failed', 'undelivered', 'canceled')`;
/** Joined with its conversation: what is unread are the newest inbound ones. No more of each than pages tell of. */
export const isUnread = sql<boolean>`messages.direction = 'inbound' and (select count(*) from (select 1 from messages newer
  where newer.conversation = messages.conversation and newer.direction = 'inbound'
  and newer.at >= messages.at and (newer.at > messages.at or newer.id > messages.id) limit 100) as few)
  < case when conversations.unread < 100 then conversations.unread else 100 end`;

export function messageRows(db: Kysely<Tables>, accountSid: string) {
  return paired(db).where("account", "=", keyOf(accountSid));
}

/** In a transaction. */
export function rowsOf({ trx, accountKey }: Unit) {
  return paired(trx).where("account", "=", accountKey);
}

function paired(db: Kysely<Tables>) {
  return db
    .selectFrom("messages")
    .innerJoin("conversations", "conversations.key", "messages.conversation")
    .selectAll("messages")
    .select(["twilio_number", "target"]);
}

/** Of these SIDs: most are the ids of their messages. */
export async function rowsBySid(
  rows: () => ReturnType<typeof messageRows>,
  sids: string[],
): Promise<PairedRow[]> {
  const found: PairedRow[] = [];
  for (const chunk of chunks([...new Set(sids)], sidsPerStatement)) {
    found.push(...(await rows().where("id", "in", chunk).where("sid", "=", idIsSid).execute()));
    found.push(...(await rows().where("sid", "in", chunk).where(hasSidOfItsOwn).execute()));
  }
  return found;
}

export async function rowsById(unit: Unit, ids: string[]): Promise<PairedRow[]> {
  if (ids.length === 0) return [];
  return rowsOf(unit).where("id", "in", ids).execute();
}

/** Ours that an entry of the log may be: on their way, or of the last hour and never confirmed. */
export function openRows(unit: Unit): Promise<PairedRow[]> {
  const unconfirmed = sql<boolean>`status = 'unconfirmed' and touched_at > ${Date.now() - unconfirmedMs}`;
  return rowsOf(unit)
    .where("sid", "is", null)
    .where((eb) => eb.or([isInFlight, unconfirmed]))
    .orderBy("at")
    .execute();
}
