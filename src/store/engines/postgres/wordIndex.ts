import { sql } from "kysely";
import type { Phrase } from "../../../models/words.ts";
import { chunks } from "../chunks.ts";
import type { Sought, WordIndex } from "../wordIndex.ts";

const rowsPerStatement = 200;
const rowsPerPiece = 100;
// What PostgreSQL keeps of a word's places in one text.
const lastPlace = 16_383;

/** PostgreSQL's full text search, with vectors and queries of our own words instead of its parsers'. */
export const postgresWords: WordIndex = {
  async create(trx, account) {
    await sql`delete from message_words where account = ${account}`.execute(trx);
  },
  async add(trx, account, entries) {
    for (const chunk of chunks(entries, rowsPerStatement)) {
      const rows = chunk.map(
        ({ key, words }) => sql`(${key}::bigint, ${account}::bigint, ${vector(account, words)}::tsvector)`,
      );
      await sql`insert into message_words (key, account, words) values ${sql.join(rows)}`.execute(trx);
    }
  },
  async remove(trx, _account, entries) {
    for (const chunk of chunks(entries))
      await sql`delete from message_words where key in (${sql.join(chunk.map(({ key }) => key))})`.execute(
        trx,
      );
  },
  found: (account, sought) =>
    sql<{ key: number }>`(select key from message_words
      where account = ${account} and words @@ ${query(account, sought)}::tsquery)`.as("found"),
  async erasePiece(db, account) {
    const { numAffectedRows = 0n } = await sql`delete from message_words
      where key in (select key from message_words where account = ${account} limit ${rowsPerPiece})`.execute(
      db,
    );
    return numAffectedRows > 0n;
  },
};

// So that the index of all texts gives those of one account.
const ownerMark = (account: number) => `\ue000a${account}`;

function vector(account: number, words: string): string {
  const places = new Map<string, number[]>([[ownerMark(account), []]]);
  for (const [index, word] of words.split(" ").entries())
    if (word !== "" && index < lastPlace) places.set(word, [...(places.get(word) ?? []), index + 1]);
  return [...places].map(([word, at]) => `'${word}'${at.length > 0 ? `:${at.join(",")}` : ""}`).join(" ");
}

function query(account: number, { all, none }: Sought): string {
  const wanted = [`'${ownerMark(account)}'`, ...all.map((phrases) => `(${anyOf(phrases)})`)];
  return [...wanted, ...(none.length > 0 ? [`!(${anyOf(none)})`] : [])].join(" & ");
}

function anyOf(phrases: Phrase[]): string {
  return phrases
    .map(({ words, isPrefix }) => {
      const last = words.length - 1;
      return `(${words.map((word, index) => `'${word}'${isPrefix && index === last ? ":*" : ""}`).join(" <-> ")})`;
    })
    .join(" | ");
}
