import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { RateLimiterSQLite } from "rate-limiter-flexible";
import type { Engine } from "../engine.ts";
import type { Tables } from "../schema.ts";
import { twoLaneDialect } from "./driver.ts";
import { openCounters, openLanes } from "./files.ts";
import { RightOfWay } from "./rightOfWay.ts";
import { scrubFile } from "./scrub.ts";

const restsTimes = 9;
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
  let scrubbing: Promise<void> | undefined;
  let restsUntil = 0;
  // While the file is rewritten nothing can be written, so most of the time belongs to everybody else.
  async function scrub(): Promise<void> {
    if (Date.now() < restsUntil || !(await isScrubOwed(db))) return;
    const startedAt = Date.now();
    await (scrubbing ??= scrubFile(file).finally(() => (scrubbing = undefined)));
    restsUntil = Date.now() + restsTimes * (Date.now() - startedAt);
  }
  const lanes = openLanes(dataDir, file);
  const isOccupied = () => scrubbing !== undefined || isBehind;
  const order = isBehind ? { take: () => rightOfWay.giveWay(), leave: () => undefined } : rightOfWay;
  const db = new Kysely<Tables>({ dialect: twoLaneDialect({ ...lanes, isOccupied, rightOfWay: order }) });
  const counters = lazily(() => openCounters(dataDir));
  return {
    db,
    words: { text: "text", growingId: "integer primary key autoincrement" },
    now: () => sql<number>`${Date.now()}`,
    lockAccounts: async (trx, sids) => {
      const rows = await trx
        .selectFrom("accounts")
        .innerJoin("account_keys", "account_keys.account_sid", "accounts.sid")
        .select(["sid", "key"])
        .where("sid", "in", sids)
        .where("leaving", "=", 0)
        .execute();
      return new Map(rows.map(({ sid, key }) => [sid, key]));
    },
    lockEvents: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    relay: (wake) => {
      // Another process may have the same file.
      let version = lanes.dataVersion();
      const looking = setInterval(() => {
        const now = lanes.dataVersion();
        if (now !== version) wake();
        version = now;
      }, lookEveryMs).unref();
      return Promise.resolve(() => clearInterval(looking));
    },
    oweScrub: async (trx) => {
      await sql`pragma user_version = 1`.execute(trx);
    },
    scrub,
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
      await scrubbing?.catch(() => undefined);
      counters.made()?.close();
      lanes.stopWatching();
      await db.destroy();
    },
  };
}

async function isScrubOwed(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version === 1;
}

function lazily<T>(make: () => T): { get: () => T; made: () => T | undefined } {
  let made: T | undefined;
  return { get: () => (made ??= make()), made: () => made };
}
