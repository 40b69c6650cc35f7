import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { RateLimiterSQLite } from "rate-limiter-flexible";
import type { Engine } from "../engine.ts";
import { accountRows, keysOf } from "../accountRows.ts";
import type { Tables } from "../schema.ts";
import { twoLaneDialect } from "./driver.ts";
import { openCounters, openLanes } from "./files.ts";
import { RightOfWay } from "./rightOfWay.ts";
import { Scrubbing } from "./scrubbing.ts";
import { sqliteWords } from "./wordIndex.ts";

const lookEveryMs = 300;

export interface SqliteOptions {
  /** Between a thread that answers people and one that does not. */
  rightOfWay?: RightOfWay;
  /** This is the thread that does not, so it lets the other go first and may wait. */
  isBehind?: boolean;
}

export function openSqlite(dataDir: string, options: SqliteOptions = {}): Engine {
  const { rightOfWay = new RightOfWay(), isBehind = false } = options;
  const file = join(dataDir, "parley.db");
  const scrubbing = new Scrubbing(file);
  const lanes = openLanes(dataDir, file);
  const isOccupied = () => scrubbing.isUnderWay() || isBehind || rightOfWay.isShared();
  const order = isBehind ? { take: () => rightOfWay.giveWay(), leave: () => undefined } : rightOfWay;
  const db = new Kysely<Tables>({ dialect: twoLaneDialect({ ...lanes, isOccupied, rightOfWay: order }) });
  const counters = lazily(() => openCounters(dataDir));
  return {
    db,
    words: {
      ...{ text: "text", growingId: "integer primary key autoincrement", timeKey: "integer primary key" },
      wordTables: [],
    },
    wordIndex: sqliteWords,
    now: () => sql<number>`${Date.now()}`,
    lockAccounts: async (trx, sids) => keysOf(await accountRows(trx, sids).execute()),
    lockEvents: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    relay: (wake) => Promise.resolve(lookForOthers(() => lanes.dataVersion(), wake)),
    oweScrub: async (trx) => {
      await sql`pragma user_version = 1`.execute(trx);
    },
    scrub: () => scrubbing.ifOwed(db),
    makeRoom: lanes.makeRoom,
    limiter: (options) =>
      new RateLimiterSQLite({
        ...options,
        storeClient: counters.get(),
        storeType: "better-sqlite3",
        tableName: "limits",
        tableCreated: true,
      }),
    close: async () => {
      await scrubbing.idle();
      counters.made()?.close();
      lanes.stopWatching();
      await db.destroy();
    },
  };
}

// Another process may have the same file.
function lookForOthers(version: () => unknown, wake: () => void): () => void {
  let known = version();
  const looking = setInterval(() => {
    const now = version();
    if (now !== known) wake();
    known = now;
  }, lookEveryMs).unref();
  return () => clearInterval(looking);
}

function lazily<T>(make: () => T): { get: () => T; made: () => T | undefined } {
  let made: T | undefined;
  return { get: () => (made ??= make()), made: () => made };
}
