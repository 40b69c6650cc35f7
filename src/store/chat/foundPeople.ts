import { sql, type Kysely } from "kysely";
import type { PersonSearch } from "../../models/chat/store.ts";
import type { Conversation } from "../../models/types.ts";
import type { Tables } from "../engines/schema.ts";
import { toConversation } from "./conversationList.ts";

interface PeopleQuery {
  accountSid: string;
  search: PersonSearch;
  limit: number;
}

/** Targets whose person has such a name or number, the latest active first, each with its latest conversation. */
export async function findPeople(
  db: Kysely<Tables>,
  { accountSid, search, limit }: PeopleQuery,
): Promise<Conversation[]> {
  if (search.words.length === 0 && search.digits.length === 0) return [];
  // First who they are, then the latest conversation of each: of all who might be meant that would take long.
  const meant = db
    .selectFrom("targets")
    .leftJoin("people", (join) =>
      join
        .onRef("people.account_sid", "=", "targets.account_sid")
        .onRef("people.person", "=", "targets.person"),
    )
    .select(["targets.phone_number", "targets.active_at", "people.name"])
    .where("targets.account_sid", "=", accountSid)
    .where(isMeant(search))
    .orderBy("targets.active_at", "desc")
    .orderBy("targets.phone_number")
    .limit(limit);
  const latest = sql<number>`(select latest.key from conversations latest
    where latest.account_sid = ${accountSid} and latest.target = meant.phone_number
    order by coalesce(latest.last_at, 0) desc limit 1)`;
  const rows = await db
    .selectFrom(meant.as("meant"))
    .innerJoin("conversations", (join) => join.on("conversations.key", "=", latest))
    .select(["conversations.twilio_number", "conversations.target", "meant.name"])
    .select([
      "last_body",
      "last_direction",
      "last_num_media",
      "last_status",
      "last_at",
      "unread",
      "opted_out_at",
    ])
    .orderBy("meant.active_at", "desc")
    .orderBy("meant.phone_number")
    .execute();
  return rows.map((row) => toConversation(row, row.twilio_number));
}

function isMeant({ words, digits }: PersonSearch) {
  const names = words.map((word) => sql`(' ' || people.folded_name) like ${`% ${word}%`}`);
  const named = names.length > 0 ? [sql`(${sql.join(names, sql` and `)})`] : [];
  // Senders by name are found by it.
  const numbers = [...digits, ...(words.length === 1 ? words : [])].map(
    (part) => sql`lower(targets.phone_number) like ${`%${part}%`}`,
  );
  return sql<boolean>`(${sql.join([...named, ...numbers], sql` or `)})`;
}
