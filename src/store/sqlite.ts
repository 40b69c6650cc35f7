import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { StoreUnavailable } from "../models/errors.ts";
import type { Engine } from "./engine.ts";
import type { Tables } from "./schema.ts";
import { guarded, type GuardedDatabase } from "./sqliteConnection.ts";

const busyMs = 2_000;
const scrubAttempts = 20;

export function openSqlite(dataDir: string): Engine {
  const database = openFile(dataDir);
  // One connection: Kysely lets asynchronous transactions take turns on it.
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  return {
    db,
    words: { text: "text", growingId: "integer primary key autoincrement" },
    now: () => sql<number>`${Date.now()}`,
    alone: (work) => work(db),
    lockAccounts: async (trx, sids) => {
      const rows = await trx.selectFrom("accounts").select("sid").where("sid", "in", sids).execute();
      return new Set(rows.map(({ sid }) => sid));
    },
    lockEvents: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    relay: () => Promise.resolve(() => Promise.resolve()),
    scrub: () => truncateLog(db),
  };
}

function openFile(dataDir: string): GuardedDatabase {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "parley.db");
  // SQLite gives its log and index files the mode of the database file.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = new SQLite(file, { timeout: busyMs });
  for (const pragma of pragmas) database.pragma(pragma);
  return guarded(database);
}

const pragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "secure_delete = ON",
  "foreign_keys = ON",
  "temp_store = MEMORY",
];

// The write-ahead log still holds what was deleted, until all of it is in the main file and the log is cut.
async function truncateLog(db: Kysely<Tables>): Promise<void> {
  for (let attempt = 0; attempt < scrubAttempts; attempt += 1) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy === 0) return;
    await wait(100);
  }
  throw new StoreUnavailable();
}
