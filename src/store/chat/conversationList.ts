import { sql, type Kysely } from "kysely";
import type { ListFilter, ListPosition } from "../../models/chat/store.ts";
import type { Conversation, Direction, MessageStatus } from "../../models/types.ts";
import type { Tables } from "../engines/schema.ts";

interface ListQuery {
  accountSid: string;
  twilioNumber: string;
  limit: number;
  filter?: ListFilter;
  after?: ListPosition;
}

interface Row {
  target: string;
  name: string | null;
  last_body: string | null;
  last_direction: Direction | null;
  last_num_media: number | null;
  last_status: MessageStatus | null;
  last_at: number | null;
  unread: number | null;
  opted_out_at: number | null;
}

// Two queries, each in the order of an index, instead of one that sorts every conversation of the number.
export async function listConversations(db: Kysely<Tables>, query: ListQuery): Promise<Conversation[]> {
  const spoken = query.after?.lastAt === null ? [] : await withMessages(db, query);
  const rest = query.limit - spoken.length;
  const isWhole = query.filter === undefined || query.filter === "all";
  const silent = isWhole && rest > 0 ? await withoutMessages(db, { ...query, limit: rest }) : [];
  return [...spoken, ...silent].map((row) => toConversation(row, query.twilioNumber));
}

/** Every target of the account, as seen from this Twilio number. */
export function selectConversation(db: Kysely<Tables>, accountSid: string, twilioNumber: string) {
  return db
    .selectFrom("targets")
    .leftJoin("conversations", (join) =>
      join
        .onRef("conversations.account_sid", "=", "targets.account_sid")
        .on("conversations.twilio_number", "=", twilioNumber)
        .onRef("conversations.target", "=", "targets.phone_number"),
    )
    .leftJoin("people", (join) =>
      join
        .onRef("people.account_sid", "=", "targets.account_sid")
        .onRef("people.person", "=", "targets.person"),
    )
    .where("targets.account_sid", "=", accountSid)
    .select([
      "targets.phone_number as target",
      "people.name",
      "conversations.last_body",
      "conversations.last_direction",
      "conversations.last_num_media",
      "conversations.last_status",
      "conversations.last_at",
      "conversations.unread",
      "conversations.opted_out_at",
    ]);
}

export function toConversation(row: Row, twilioNumber: string): Conversation {
  return {
    twilioNumber,
    target: row.target,
    name: row.name,
    lastMessage: lastMessage(row),
    unread: row.unread ?? 0,
    optedOutAt: row.opted_out_at === null ? null : new Date(row.opted_out_at),
  };
}

function lastMessage(row: Row): Conversation["lastMessage"] {
  const { last_body: body, last_direction: direction, last_num_media: numMedia, last_status: status } = row;
  if (body === null || direction === null || numMedia === null || status === null || row.last_at === null)
    return null;
  return { body, direction, numMedia, status, at: new Date(row.last_at) };
}

// As text rather than as parameters: only so does SQLite see that a partial index fits.
const conditions = {
  all: sql<boolean>`1 = 1`,
  unread: sql<boolean>`unread > 0`,
  waiting: sql<boolean>`last_direction = 'inbound'`,
};

function conversationsOf(db: Kysely<Tables>, { accountSid, twilioNumber, limit }: ListQuery) {
  return db
    .selectFrom("conversations")
    .innerJoin("targets", (join) =>
      join
        .onRef("targets.account_sid", "=", "conversations.account_sid")
        .onRef("targets.phone_number", "=", "conversations.target"),
    )
    .leftJoin("people", (join) =>
      join
        .onRef("people.account_sid", "=", "targets.account_sid")
        .onRef("people.person", "=", "targets.person"),
    )
    .select(["conversations.target", "people.name", "last_body", "last_direction"])
    .select(["last_num_media", "last_status", "last_at", "unread", "opted_out_at"])
    .where("conversations.account_sid", "=", accountSid)
    .where("conversations.twilio_number", "=", twilioNumber)
    .limit(limit);
}

function withMessages(db: Kysely<Tables>, query: ListQuery): Promise<Row[]> {
  const { after, filter = "all" } = query;
  return conversationsOf(db, query)
    .where("last_at", "is not", null)
    .where(conditions[filter])
    .$if(after !== undefined, (rows) =>
      rows.where(
        sql<boolean>`(last_at, conversations.target) < (${after?.lastAt?.getTime()}, ${after?.target})`,
      ),
    )
    .orderBy("last_at", "desc")
    .orderBy("conversations.target", "desc")
    .execute();
}

/** Those that were added, and never texted with. */
function withoutMessages(db: Kysely<Tables>, query: ListQuery): Promise<Row[]> {
  const { after } = query;
  return conversationsOf(db, query)
    .where("last_at", "is", null)
    .$if(after?.lastAt === null, (rows) => rows.where("conversations.target", ">", after?.target ?? ""))
    .orderBy("conversations.target")
    .execute();
}
