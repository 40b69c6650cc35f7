import { sql, type Transaction } from "kysely";
import { folded } from "../../models/words.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";
import { wordsVersion } from "../engines/wordIndex.ts";
import { entryOf, wordColumns, type WordRow } from "./wordEntries.ts";

const messagesPerPiece = 1_000;

/**
 * Makes the words of messages and names that were stored by a version that made none, or others: some seconds for a
 * hundred thousand messages, once, before anybody is served. An account's are made in one transaction.
 */
export async function catchUpWords({ db, wordIndex }: Engine): Promise<void> {
  const behind = await db
    .selectFrom("account_keys")
    .select(["key", "account_sid"])
    .where("words_version", "!=", wordsVersion)
    .execute();
  for (const { key, account_sid } of behind)
    await db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("account_keys")
        .set({ words_version: wordsVersion })
        .where("key", "=", key)
        .where("words_version", "!=", wordsVersion)
        .executeTakeFirst();
      // Another instance was first.
      if (numUpdatedRows === 0n) return;
      await wordIndex.create(trx, key);
      await foldNames(trx, account_sid);
      let after = -1;
      let rows: WordRow[];
      do {
        rows = await piece(trx, key, after);
        await wordIndex.add(trx, key, rows.map(entryOf));
        after = rows.at(-1)?.key ?? after;
      } while (rows.length === messagesPerPiece);
    });
}

function piece(trx: Transaction<Tables>, account: number, after: number): Promise<WordRow[]> {
  return (
    trx
      .selectFrom("messages")
      .select(wordColumns)
      // The sign keeps SQLite from sorting all of the account's messages each time.
      .where(sql<boolean>`+account = ${account}`)
      .where("key", ">", after)
      .orderBy("key")
      .limit(messagesPerPiece)
      .execute()
  );
}

async function foldNames(trx: Transaction<Tables>, accountSid: string): Promise<void> {
  const people = await trx
    .selectFrom("people")
    .select(["person", "name"])
    .where("account_sid", "=", accountSid)
    .execute();
  for (const { person, name } of people)
    await trx
      .updateTable("people")
      .set({ folded_name: folded(name) })
      .where("account_sid", "=", accountSid)
      .where("person", "=", person)
      .execute();
}
