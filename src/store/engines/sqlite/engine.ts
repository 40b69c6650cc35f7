import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { Kysely, SqliteDialect, sql, type SqliteDatabase } from "kysely";
import { StoreUnavailable } from "../../../models/errors.ts";
import type { Engine } from "../engine.ts";
import type { Tables } from "../schema.ts";
import { guarded } from "./connection.ts";

const busyMs = 1_000;
const truncateAttempts = 3;

export function openSqlite(dataDir: string): Engine {
  const database = openFile(dataDir);
  // One connection: Kysely lets asynchronous transactions take turns on it.
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  return {
    db,
    words: { text: "text", growingId: "integer primary key autoincrement" },
    now: () => sql<number>`${Date.now()}`,
    lockAccounts: async (trx, sids) => {
      const rows = await trx.selectFrom("accounts").select("sid").where("sid", "in", sids).execute();
      return new Set(rows.map(({ sid }) => sid));
    },
    lockEvents: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    relay: () => Promise.resolve(() => undefined),
    oweScrub: async (trx) => {
      await sql`pragma user_version = 1`.execute(trx);
    },
    scrub: () => scrub(db),
  };
}

function openFile(dataDir: string): SqliteDatabase {
  try {
    const database = new SQLite(privateFile(dataDir), { timeout: busyMs });
    for (const pragma of pragmas) database.pragma(pragma);
    return guarded(database);
  } catch (error) {
    throw new StoreUnavailable({ cause: error });
  }
}

function privateFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "parley.db");
  // SQLite gives its log and index files the mode of the database file.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  return file;
}

const pragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "secure_delete = ON",
  "foreign_keys = ON",
  "temp_store = MEMORY",
];

// `secure_delete` clears deleted rows, but not the copies that stay behind in a page when SQLite moves rows to another
// one; only VACUUM, which writes every page anew, does. The log still holds all of it until it is cut.
async function scrub(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  if (rows[0]?.user_version !== 1) return;
  await sql`vacuum`.execute(db);
  await truncateLog(db);
  await sql`pragma user_version = 0`.execute(db);
}

async function truncateLog(db: Kysely<Tables>): Promise<void> {
  for (let attempt = 0; attempt < truncateAttempts; attempt += 1) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy === 0) return;
    await wait(100);
  }
  throw new StoreUnavailable();
}
