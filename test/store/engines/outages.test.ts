import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { StoreFull, StoreUnavailable } from "../../../src/models/errors.ts";
import type { Engine } from "../../../src/store/engines/engine.ts";
import { migrate } from "../../../src/store/engines/migrations/migrations.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import { assemble, openStore, type Store } from "../../../src/store/store.ts";
import { sql } from "kysely";
import { signedIn, twilioMessage } from "../../support/stores.ts";

const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

let dataDir: string;
let engine: Engine;
let store: Store;
let account: string;

beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "parley-outages-")), "made", "on", "demand");
  engine = openSqlite(dataDir);
  await migrate(engine);
  store = await assemble(engine, { dataDir, secret: "secret" }, () => undefined);
  account = await signedIn(store);
});
afterAll(async () => {
  await store.close();
  await rm(join(dataDir, "..", "..", ".."), { recursive: true, force: true });
});

test("only the owner can read the folder and its files", async () => {
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(dataDir)).toBe("700");
  for (const file of ["parley.db", "parley.db-wal", "parley.db-shm"])
    expect(await mode(join(dataDir, file))).toBe("600");
});

test("a commit is on the disk, deleted bytes are cleared, nothing spills into other files", async () => {
  const setting = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(engine.db);
    return Object.values(rows[0] ?? {})[0];
  };
  const names = [
    "journal_mode",
    "synchronous",
    "secure_delete",
    "foreign_keys",
    "temp_store",
    "busy_timeout",
  ];
  expect(await Promise.all(names.map(setting))).toEqual(["wal", 2, 1, 1, 2, 0]);
});

test("a full disk is StoreFull until there is space again, and loses nothing stored", async () => {
  const stored = twilioMessage();
  await store.messages.take(account, [stored], "webhook");
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(engine.db);
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 1)}`.execute(engine.db);
  const large = Array.from({ length: 100 }, () => twilioMessage({ body: "x".repeat(1_600) }));
  await expect(store.messages.take(account, large, "webhook")).rejects.toBeInstanceOf(StoreFull);
  expect(store.isFull()).toBe(true);
  expect(await store.messages.thread(account, pair, { limit: 10 })).toMatchObject([{ sid: stored.sid }]);

  await sql`pragma max_page_count = 1000000`.execute(engine.db);
  await store.messages.take(account, large, "webhook");
  expect(await store.messages.thread(account, pair, { limit: 200 })).toHaveLength(101);
  expect(store.isFull()).toBe(false);
});

test("a file that another process keeps locked is StoreUnavailable, reads go on, and the next call works", async () => {
  const other = new SQLite(join(dataDir, "parley.db"));
  other.exec("begin immediate");
  const ended: string[] = [];
  const writing = store.events.announce(account, { kind: "refresh" }).finally(() => ended.push("write"));
  const refused = expect(writing).rejects.toBeInstanceOf(StoreUnavailable);
  await store.messages.thread(account, pair, { limit: 1 }).finally(() => ended.push("read"));
  await refused;
  expect(ended).toEqual(["read", "write"]);
  await expect(store.ping()).resolves.toBeUndefined();
  other.close();
  await store.events.announce(account, { kind: "refresh" });
});

test("a folder that cannot be used is StoreUnavailable", async () => {
  const options = { dataDir: join(dataDir, "parley.db"), secret: "secret" };
  await expect(openStore(options)).rejects.toBeInstanceOf(StoreUnavailable);
});
