import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { StoreUnavailable } from "../../../src/models/errors.ts";
import type { LiveEvent } from "../../../src/models/types.ts";
import type { Engine } from "../../../src/store/engines/engine.ts";
import { openPostgres } from "../../../src/store/engines/postgres/engine.ts";
import { guardedPool, settings } from "../../../src/store/engines/postgres/connection.ts";
import type { Tables } from "../../../src/store/engines/schema.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { Writer } from "../../../src/store/commits/writer.ts";
import { startLine } from "../../support/line.ts";
import {
  draft,
  openTestStore,
  query,
  signedIn,
  twilioMessage,
  type TestStore,
} from "../../support/stores.ts";

const news = { kind: "refresh" } as const;
const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

let opened: TestStore;
let databaseUrl: string;
let admin: string;
let name: string;
let one: Store;
let two: Store;

beforeAll(async () => {
  opened = await openTestStore("postgres");
  databaseUrl = opened.options.databaseUrl ?? "";
  name = new URL(databaseUrl).pathname.slice(1);
  admin = databaseUrl.replace(/\/[^/]*$/, "/postgres");
  one = opened.store;
  two = await openStore(opened.options);
});
afterAll(async () => {
  await two.close();
  await opened.close();
});

/** Collects what an instance hears of an account until `count` events are there. */
function hearing(store: Store, account: string, count: number): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = [];
  return new Promise((resolve) => {
    const stop = store.events.listen((events) => {
      heard.push(...events.filter(({ accountSid }) => accountSid === account));
      if (heard.length < count) return;
      stop();
      resolve(heard);
    });
  });
}

/** Ends connections to the database as the server's owner would; those whose last query is like this, or all. */
async function end(like = "%"): Promise<number> {
  const others = `datname = '${name}' and pid <> pg_backend_pid() and query ilike '${like}'`;
  return (await query(admin, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`))
    .length;
}

const allowConnections = (allowed: boolean) =>
  query(admin, `alter database ${name} with allow_connections ${allowed}`);

async function settled(store: Store): Promise<void> {
  for (;;) {
    try {
      return await store.ping();
    } catch (error) {
      expect(error).toBeInstanceOf(StoreUnavailable);
    }
  }
}

test("the same message to two instances at once, five times each, is one row and one unread", async () => {
  const account = await signedIn(one);
  const messages = Array.from({ length: 20 }, () => twilioMessage());
  const answers = await Promise.all(
    [one, two].flatMap((store) =>
      (["webhook", "webhook", "webhook", "log", "log"] as const).flatMap((source) => [
        store.messages.take(account, messages, source),
        store.messages.take(account, messages.toReversed(), source),
      ]),
    ),
  );
  expect(answers.flat().filter(({ outcome }) => outcome === "received")).toHaveLength(20);
  expect(await one.messages.thread(account, pair, { limit: 100 })).toHaveLength(20);
  expect(await two.conversations.find(account, pair)).toMatchObject({ unread: 20 });
  expect(await two.events.since(account, 0)).toHaveLength(20);
});

test("every kind of write at once from two instances ends without a deadlock", async () => {
  const [a, b] = [await signedIn(one), await signedIn(one)];
  const calls = [one, two].flatMap((store) =>
    Array.from({ length: 12 }, async (_, index) => {
      const target = `+1555${1_000_000 + (index % 7)}`;
      const sid = `SM${String(index % 10).padStart(32, "0")}`;
      await store.messages.take(index % 2 ? a : b, [twilioMessage({ target, sid })], "webhook");
      await store.targets.add(a, { ...pair, target }, `Name ${index}`);
      await store.messages.addPending(b, draft({ target, id: `f${index}` }));
      const answer = twilioMessage({ direction: "outbound", sid: `${sid}${index}` });
      await store.messages.take(b, [{ ...answer, answers: `f${index}` }], "answer");
      await store.conversations.markRead(a, { ...pair, target });
      await store.syncs.update(b, { count: index });
    }),
  );
  await expect(Promise.all(calls)).resolves.toHaveLength(24);
});

test("each instance hears what the other did, in the same order", async () => {
  const account = await signedIn(one);
  const both = Promise.all([hearing(one, account, 60), hearing(two, account, 60)]);
  await Promise.all(
    Array.from({ length: 30 }, () => [
      one.messages.take(account, [twilioMessage()], "webhook"),
      two.messages.take(account, [twilioMessage()], "webhook"),
    ]).flat(),
  );
  const [first, second] = await both;
  expect(first).toEqual(second);
  expect(first).toEqual(await one.events.since(account, 0));
});

test("connections that the server ends lose and double no event", async () => {
  const account = await signedIn(one);
  const heard = hearing(two, account, 40);
  for (let round = 0; round < 4; round += 1) {
    expect(await end()).toBeGreaterThan(1);
    for (let index = 0; index < 10; index += 1) {
      const announced = () =>
        one.events.announce(account, { kind: "changed", messageId: `${round}.${index}` });
      await settled(one);
      await announced();
    }
  }
  const ids = (await heard).map(({ change }) => (change.kind === "changed" ? change.messageId : change.kind));
  expect(ids).toEqual(
    [0, 1, 2, 3].flatMap((round) => Array.from({ length: 10 }, (_, index) => `${round}.${index}`)),
  );
  expect(await heard).toEqual(await two.events.since(account, 0));
});

test("what one instance does while the other's listening connection is gone is heard once it is back", async () => {
  const account = await signedIn(one);
  const heard = hearing(two, account, 1);
  await allowConnections(false);
  expect(await end("listen%")).toBeGreaterThan(0);
  await one.events.announce(account, { kind: "numbers" });
  await allowConnections(true);
  expect(await heard).toMatchObject([{ change: { kind: "numbers" } }]);
}, 5_000);

test("an idle instance hears at once", async () => {
  const account = await signedIn(one);
  const heard = hearing(two, account, 1);
  await one.events.announce(account, { kind: "numbers" });
  await heard;
}, 5_000);

test("an event that was first but commits late is heard first all the same", async () => {
  const [early, late] = [await signedIn(one), await signedIn(one)];
  const engine = openPostgres(databaseUrl, () => undefined);
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const slow: Engine = {
    ...engine,
    notify: async (trx, id) => {
      reached.resolve();
      await goOn.promise;
      await engine.notify(trx, id);
    },
  };
  const heard = Promise.all([hearing(two, early, 1), hearing(two, late, 1)]);
  const first = new Writer(slow, { onEvents: () => undefined }).write(early, (unit) =>
    Promise.resolve(unit.announce(news)),
  );
  await reached.promise;
  let done = false;
  const second = one.events.announce(late, news).finally(() => (done = true));
  const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted";
  while (!done && (await query(databaseUrl, waiting)).length === 0);
  goOn.resolve();
  await Promise.all([first, second]);
  const [[a], [b]] = await heard;
  expect(a?.id).toBeLessThan(b?.id ?? 0);
  await engine.close();
}, 5_000);

test("a transaction that lost against another is tried again, once", async () => {
  const account = await signedIn(one);
  const engine = openPostgres(databaseUrl, () => undefined);
  const writer = new Writer(engine, { onEvents: () => undefined });
  let tries = 0;
  const write = (failures: number) =>
    writer.write(account, async (unit) => {
      unit.announce(news);
      if ((tries += 1) > failures) return;
      await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(unit.trx);
    });
  await write(1);
  expect(tries).toBe(2);
  expect(await one.events.since(account, 0)).toHaveLength(1);
  await expect(write(5)).rejects.toMatchObject({ code: "40P01" });
  await engine.close();
});

test("a database out of reach is StoreUnavailable, and Parley goes on when it is back", async () => {
  const account = await signedIn(one);
  await allowConnections(false);
  await end();
  for (const call of [
    () => one.ping(),
    () => one.messages.take(account, [twilioMessage()], "webhook"),
    () => two.conversations.find(account, pair),
    () => openStore(opened.options),
  ])
    await expect(call()).rejects.toBeInstanceOf(StoreUnavailable);
  const heard = hearing(two, account, 1);
  await allowConnections(true);
  await settled(one);
  await one.messages.take(account, [twilioMessage()], "webhook");
  expect(await heard).toMatchObject([{ change: { kind: "received" } }]);
});

test("a connection that ends in the middle of a write is StoreUnavailable, and the write did not happen", async () => {
  const account = await signedIn(one);
  const message = twilioMessage();
  const locker = new pg.Client(databaseUrl);
  await locker.connect();
  await locker.query(`begin; select 1 from accounts where sid = '${account}' for update`);
  const recording = expect(one.messages.take(account, [message], "webhook")).rejects.toBeInstanceOf(
    StoreUnavailable,
  );
  const waiting = `select 1 from pg_stat_activity where datname = '${name}' and wait_event_type = 'Lock'`;
  while ((await query(admin, waiting)).length === 0);
  await end("%for no key update%");
  await recording;
  await locker.end();
  expect(await one.messages.known(account, [message.sid])).toEqual(new Set());
});

test("a server that does not answer is StoreUnavailable, and its connection is not used again", async () => {
  const pool = new pg.Pool({ ...settings(databaseUrl), query_timeout: 200, max: 1 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
  await expect(sql`select pg_sleep(2)`.execute(db)).rejects.toBeInstanceOf(StoreUnavailable);
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  await db.destroy();
});

test("a store closes without waiting for a server that has gone silent", async () => {
  const line = await startLine(Number(new URL(databaseUrl).port));
  const url = new URL(databaseUrl);
  url.port = String(line.port);
  const store = await openStore({ ...opened.options, databaseUrl: url.href });
  const waiter = await line.fallSilent();
  const first = await Promise.race([
    store.close().then(() => "closed"),
    once(waiter, "close").then(() => "given up waiting"),
  ]);
  expect(first).toBe("closed");
  await line.close();
});

test("instances that start together on an empty database both come up", async () => {
  const fresh = await openTestStore("postgres");
  const url = fresh.options.databaseUrl ?? "";
  await query(url, "drop schema public cascade; create schema public");
  const stores = await Promise.all([1, 2, 3].map(() => openStore(fresh.options)));
  await Promise.all(stores.map((store) => store.close()));
  await fresh.close();
});

test("only one of two instances that ask at once gets a lease", async () => {
  const taken = await Promise.all([
    one.leases.take("poll", "1", 60_000),
    two.leases.take("poll", "2", 60_000),
  ]);
  expect(taken.toSorted()).toEqual([false, true]);
});
