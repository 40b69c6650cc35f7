import { sql, type RawBuilder } from "kysely";
import type { Phrase } from "../../../models/words.ts";
import { chunks } from "../chunks.ts";
import type { Entry, Sought, WordIndex } from "../wordIndex.ts";

/** Tables that begin so are nobody's any more. */
const erasedPrefix = "erased_";

// A table of its own for each account, so that no search meets others' texts and erasing leaves nothing behind. Words
// come folded and apart, so the plainest tokenizer is the right one. What is removed is written over at once.
const options = "words, content='', columnsize=0, tokenize='ascii'";
const tableOf = (account: number) => sql.raw<{ key: number }>(`words_${account}`);

/** SQLite's FTS5. */
export const sqliteWords: WordIndex = {
  async create(trx, account) {
    const table = tableOf(account);
    await sql`drop table if exists ${table}`.execute(trx);
    await sql`create virtual table ${table} using fts5(${sql.raw(options)})`.execute(trx);
    await sql`insert into ${table} (${table}, rank) values ('secure-delete', 1)`.execute(trx);
  },
  async add(trx, account, entries) {
    for (const chunk of chunks(entries))
      await sql`insert into ${tableOf(account)} (rowid, words) values ${rows(chunk)}`.execute(trx);
  },
  async remove(trx, account, entries) {
    const table = tableOf(account);
    for (const { key, words } of entries)
      await sql`insert into ${table} (${table}, rowid, words) values ('delete', ${key}, ${words})`.execute(
        trx,
      );
  },
  found: (account, sought) =>
    sql<{
      key: number;
    }>`(select rowid as key from ${tableOf(account)} where words match ${expression(sought)})`.as("found"),
  async erasePiece(db, account) {
    // Dropping it takes long: the thread that scrubs does it (scrubWorker).
    const { rows } = await sql`select 1 from sqlite_master where name = ${`words_${account}`}`.execute(db);
    if (rows.length > 0)
      await sql`alter table ${tableOf(account)} rename to ${sql.raw(`${erasedPrefix}${account}`)}`.execute(
        db,
      );
    return false;
  },
};

function rows(entries: Entry[]): RawBuilder<unknown> {
  return sql.join(entries.map(({ key, words }) => sql`(${key}, ${words})`));
}

function expression({ all, none }: Sought): string {
  const wanted = all.map((phrases) => `(${anyOf(phrases)})`).join(" AND ");
  return none.length > 0 ? `(${wanted}) NOT (${anyOf(none)})` : wanted;
}

function anyOf(phrases: Phrase[]): string {
  return phrases.map(({ words, isPrefix }) => `"${words.join(" ")}"${isPrefix ? " *" : ""}`).join(" OR ");
}
