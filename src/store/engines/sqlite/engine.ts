import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { RateLimiterSQLite } from "rate-limiter-flexible";
import { StoreUnavailable } from "../../../models/errors.ts";
import type { Engine } from "../engine.ts";
import type { Tables } from "../schema.ts";
import { guarded } from "./connection.ts";
import { twoLaneDialect, type Lanes } from "./driver.ts";
import { scrubFile } from "./scrub.ts";

const restsTimes = 9;

export function openSqlite(dataDir: string): Engine {
  const file = join(dataDir, "parley.db");
  let scrubbing: Promise<void> | undefined;
  let restsUntil = 0;
  // While the file is rewritten nothing can be written, so most of the time belongs to everybody else.
  async function scrub(): Promise<void> {
    if (Date.now() < restsUntil || !(await isScrubOwed(db))) return;
    const startedAt = Date.now();
    await (scrubbing ??= scrubFile(file).finally(() => (scrubbing = undefined)));
    restsUntil = Date.now() + restsTimes * (Date.now() - startedAt);
  }
  const db = new Kysely<Tables>({
    dialect: twoLaneDialect({ ...openLanes(dataDir, file), isOccupied: () => scrubbing !== undefined }),
  });
  const counters = lazily(() => openCounters(dataDir));
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
    scrub,
    limiter: (options) =>
      new RateLimiterSQLite({
        ...options,
        storeClient: counters.get(),
        storeType: "better-sqlite3",
        tableName: "limits",
        tableCreated: true,
      }),
    close: async () => {
      await scrubbing?.catch(() => undefined);
      counters.made()?.close();
      await db.destroy();
    },
  };
}

function openLanes(dataDir: string, file: string): Omit<Lanes, "isOccupied"> {
  try {
    makePrivate(dataDir, file);
    // Without waiting: that would hold up everything else of this process.
    const writer = new SQLite(file, { timeout: 0 });
    for (const pragma of pragmas) writer.pragma(pragma);
    const reader = new SQLite(file, { timeout: 0 });
    reader.pragma("query_only = ON");
    return { writer: guarded(writer), reader: guarded(reader) };
  } catch (error) {
    throw new StoreUnavailable({ cause: error });
  }
}

// In a file of its own: what counts need not outlive a power cut, and must not wait for transactions.
function openCounters(dataDir: string): SQLite.Database {
  const file = join(dataDir, "limits.db");
  makePrivate(dataDir, file);
  const database = new SQLite(file, { timeout: 100 });
  for (const pragma of ["journal_mode = WAL", "synchronous = OFF"]) database.pragma(pragma);
  database.exec(
    "create table if not exists limits (key text primary key, points integer not null default 0, expire integer)",
  );
  return database;
}

function makePrivate(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // SQLite gives its log and index files the mode of the database file.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

function lazily<T>(make: () => T): { get: () => T; made: () => T | undefined } {
  let made: T | undefined;
  return { get: () => (made ??= make()), made: () => made };
}

const pragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "secure_delete = ON",
  "foreign_keys = ON",
  "temp_store = MEMORY",
];

async function isScrubOwed(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version === 1;
}
