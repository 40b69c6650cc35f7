import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { RateLimiterPostgres } from "rate-limiter-flexible";
import type { Engine } from "../engine.ts";
import { accountRows, keysOf } from "../accountRows.ts";
import { guardedPool, settings } from "./connection.ts";
import { startRelay } from "./relay.ts";
import { postgresWords } from "./wordIndex.ts";
import type { Tables } from "../schema.ts";

// Any number, as long as it stays the same.
const eventLock = 727_539_002;

export function openPostgres(databaseUrl: string, onError: (error: unknown) => void): Engine {
  const pool = new pg.Pool({ ...settings(databaseUrl), max: 10 });
  pool.on("error", onError);
  // A connection that dies while it is in use also fails its query, which is where the error is answered.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
  return {
    db,
    // Byte order, as in SQLite.
    words: {
      text: `text collate "C"`,
      growingId: "bigint generated always as identity primary key",
      timeKey: "bigint primary key",
      wordTables: [
        "create table message_words (key bigint primary key, account bigint not null, words tsvector not null)",
        "create index message_words_by_account on message_words (account, key)",
        "create index message_words_by_word on message_words using gin (words)",
      ],
    },
    wordIndex: postgresWords,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    lockAccounts: async (trx, sids) =>
      keysOf(await accountRows(trx, sids).forNoKeyUpdate("accounts").execute()),
    lockEvents: async (trx) => {
      await sql`select pg_advisory_xact_lock(${eventLock})`.execute(trx);
    },
    notify: async (trx, eventId) => {
      await sql`select pg_notify('parley_events', ${String(eventId)})`.execute(trx);
    },
    relay: (wake, relayError) => startRelay(settings(databaseUrl), wake, relayError),
    oweScrub: () => Promise.resolve(),
    scrub: () => Promise.resolve(),
    makeRoom: () => false,
    limiter: (options) =>
      // By itself it goes by the name of the pool's class, which a bundle changes.
      new RateLimiterPostgres({
        ...options,
        storeClient: pool,
        storeType: "pool",
        tableName: "limits",
        tableCreated: true,
      }),
    close: () => db.destroy(),
  };
}
