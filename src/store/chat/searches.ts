import { sql, type AliasedRawBuilder, type Kysely } from "kysely";
import type { FoundMessage, MessageSearch, PersonSearch, SearchStore } from "../../models/chat/store.ts";
import type { Conversation } from "../../models/types.ts";
import type { Phrase } from "../../models/words.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";
import type { Sought } from "../engines/wordIndex.ts";
import { findPeople } from "./foundPeople.ts";
import { isFailed, isUnread } from "./messageTable.ts";
import { keyFrom } from "./messageKeys.ts";
import { toMessage } from "./messageRows.ts";
import { marks } from "./wordEntries.ts";

// More of them are told apart by their rows instead of by their marks.
const mostMarks = 100;

interface Account {
  accountSid: string;
  key: number;
}

export class Searches implements SearchStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async messages(
    accountSid: string,
    search: MessageSearch,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<FoundMessage[]> {
    const { db, wordIndex } = this.#engine;
    const key = await keyOfAccount(db, accountSid);
    const sought = key === undefined ? undefined : await soughtOf(db, accountSid, search);
    if (key === undefined || sought === undefined) return [];
    const account = { accountSid, key };
    const last = after === undefined ? undefined : await keyOfMessage(db, account, after);
    const rows = await foundRows(db, account, wordIndex.found(key, sought))
      .where(isNarrowed(search))
      .$if(last !== undefined, (query) => query.where("found.key", "<", last ?? 0))
      .orderBy("found.key", "desc")
      .limit(limit)
      .execute()
      .catch(whenErased);
    return rows.map((row) => ({ ...toMessage(row), name: row.name }));
  }

  people(accountSid: string, search: PersonSearch, limit: number): Promise<Conversation[]> {
    return findPeople(this.#engine.db, { accountSid, search, limit });
  }
}

async function keyOfAccount(db: Kysely<Tables>, accountSid: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("account_keys")
    .innerJoin("accounts", "accounts.sid", "account_keys.account_sid")
    .select("key")
    .where("account_sid", "=", accountSid)
    .where("leaving", "=", 0)
    .executeTakeFirst();
  return row?.key;
}

/** What the index can tell of the search; undefined when there is no such conversation. */
async function soughtOf(
  db: Kysely<Tables>,
  accountSid: string,
  search: MessageSearch,
): Promise<Sought | undefined> {
  if ([search.targets, search.twilioNumbers].some((each) => each?.length === 0)) return undefined;
  const all = [
    ...search.all,
    ...(search.hasMedia ? [[marked(marks.media)]] : []),
    ...(search.hasLink ? [[marked(marks.link)]] : []),
    ...(search.direction ? [[marked(marks.direction(search.direction))]] : []),
  ];
  const isOfSome = search.pair !== undefined || search.targets !== undefined || search.isUnread;
  const conversations = isOfSome ? await conversationsOf(db, accountSid, search) : [];
  if (isOfSome && conversations.length === 0) return undefined;
  if (isOfSome && conversations.length <= mostMarks)
    all.push(conversations.map((key) => marked(marks.conversation(key))));
  return { all: all.length > 0 ? all : [everyMessage], none: search.none };
}

const everyMessage = (["inbound", "outbound"] as const).map((direction) =>
  marked(marks.direction(direction)),
);

function marked(mark: string): Phrase {
  return { words: [mark], isPrefix: false };
}

async function conversationsOf(
  db: Kysely<Tables>,
  accountSid: string,
  search: MessageSearch,
): Promise<number[]> {
  const rows = await db
    .selectFrom("conversations")
    .select("conversations.key")
    .where("conversations.account_sid", "=", accountSid)
    .where(isOfConversations(search))
    .limit(mostMarks + 1)
    .execute();
  return rows.map(({ key }) => key);
}

function isOfConversations({ pair, targets, twilioNumbers, isUnread }: MessageSearch) {
  const addresses = pair ? [pair.target] : targets;
  const numbers = pair ? [pair.twilioNumber] : twilioNumbers;
  return sql<boolean>`${sql.join(
    [
      ...(addresses ? [sql`conversations.target in (${sql.join(addresses)})`] : []),
      ...(numbers ? [sql`conversations.twilio_number in (${sql.join(numbers)})`] : []),
      ...(isUnread ? [sql`conversations.unread > 0`] : []),
      sql`1 = 1`,
    ],
    sql` and `,
  )}`;
}

function isNarrowed(search: MessageSearch) {
  const { from, until } = search;
  return sql<boolean>`${sql.join(
    [
      isOfConversations(search),
      ...(search.isFailed ? [isFailed] : []),
      ...(search.isUnread ? [isUnread] : []),
      ...(from ? [sql`found.key >= ${keyFrom(from)}`] : []),
      ...(until ? [sql`found.key < ${keyFrom(until)}`] : []),
    ],
    sql` and `,
  )}`;
}

// The order of the joins is that of the index, so that the newest come first without sorting.
function foundRows(db: Kysely<Tables>, account: Account, found: AliasedRawBuilder<{ key: number }, "found">) {
  return db
    .selectFrom(found)
    .innerJoin("messages", "messages.key", "found.key")
    .innerJoin("conversations", "conversations.key", "messages.conversation")
    .leftJoin("targets", (join) =>
      join
        .on("targets.account_sid", "=", account.accountSid)
        .onRef("targets.phone_number", "=", "conversations.target"),
    )
    .leftJoin("people", (join) =>
      join.on("people.account_sid", "=", account.accountSid).onRef("people.person", "=", "targets.person"),
    )
    .where("messages.account", "=", account.key)
    .selectAll("messages")
    .select(["conversations.twilio_number", "conversations.target", "people.name"]);
}

async function keyOfMessage(db: Kysely<Tables>, account: Account, id: string): Promise<number> {
  const row = await db
    .selectFrom("messages")
    .select("key")
    .where("account", "=", account.key)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.key ?? Number.MAX_SAFE_INTEGER;
}

// Somebody logged the account out a moment ago.
function whenErased(error: unknown): [] {
  if (error instanceof Error && /no such table: words_/.test(error.message)) return [];
  throw error;
}
