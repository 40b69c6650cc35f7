import { setTimeout as wait } from "node:timers/promises";
import { sql, type Transaction } from "kysely";
import { folded } from "../../models/words.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";
import { wordsVersion } from "../engines/wordIndex.ts";
import { entryOf } from "./wordEntries.ts";

const messagesPerPiece = 500;

interface AccountRow {
  key: number;
  account_sid: string;
}

/** Accounts whose messages were stored by a version that made no words of them, or others. */
export function accountsBehind({ db }: Engine): Promise<AccountRow[]> {
  return db
    .selectFrom("account_keys")
    .select(["key", "account_sid"])
    .where("words_version", "!=", wordsVersion)
    .execute();
}

/** Makes the words of all their messages and names, beside everything else. */
export async function catchUpWords(
  engine: Engine,
  behind: AccountRow[],
  isStopped: () => boolean,
): Promise<void> {
  for (const account of behind) await catchUpAccount(engine, account, isStopped);
}

async function catchUpAccount(engine: Engine, account: AccountRow, isStopped: () => boolean): Promise<void> {
  await engine.db.transaction().execute(async (trx) => {
    await engine.wordIndex.create(trx, account.key);
    await foldNames(trx, account.account_sid);
  });
  let before: number | undefined = Number.MAX_SAFE_INTEGER;
  while (before !== undefined) {
    if (isStopped()) return;
    const startedAt = performance.now();
    before = await catchUpPiece(engine, account, before);
    // At least half of the time is for everybody else.
    await wait(performance.now() - startedAt);
  }
  await engine.db
    .updateTable("account_keys")
    .set({ words_version: wordsVersion })
    .where("key", "=", account.key)
    .execute();
}

/** Newest first; returns where it goes on, or undefined at the end. */
function catchUpPiece(engine: Engine, account: AccountRow, before: number): Promise<number | undefined> {
  return engine.db.transaction().execute(async (trx) => {
    // Nobody changes a text meanwhile.
    const isThere = (await engine.lockAccounts(trx, [account.account_sid])).size > 0;
    if (!isThere) return undefined;
    const rows = await trx
      .selectFrom("messages")
      .select(["key", "body", "direction", "conversation", "num_media"])
      // The sign keeps SQLite from sorting all of the account's messages each time.
      .where(sql<boolean>`+account = ${account.key}`)
      .where("key", "<", before)
      .orderBy("key", "desc")
      .limit(messagesPerPiece)
      .execute();
    await engine.wordIndex.write(trx, account.key, rows.map(entryOf));
    return rows.length < messagesPerPiece ? undefined : rows.at(-1)?.key;
  });
}

async function foldNames(trx: Transaction<Tables>, accountSid: string): Promise<void> {
  const people = await trx
    .selectFrom("people")
    .select(["person", "name"])
    .where("account_sid", "=", accountSid)
    .execute();
  for (const chunk of chunks(people))
    for (const { person, name } of chunk)
      await trx
        .updateTable("people")
        .set({ folded_name: folded(name) })
        .where("account_sid", "=", accountSid)
        .where("person", "=", person)
        .execute();
}
