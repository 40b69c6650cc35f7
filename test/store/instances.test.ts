import { afterAll, beforeAll, expect, test } from "vitest";
import { StoreUnavailable } from "../../src/models/errors.ts";
import type { LiveEvent } from "../../src/models/types.ts";
import { openStore, type ParleyStore } from "../../src/store/store.ts";
import { openTestStore, query, signedIn, twilioMessage, type TestStore } from "../support/stores.ts";

const webhook = { source: "webhook", unread: true, announce: true } as const;
const log = { source: "log", unread: true, announce: true } as const;
const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

let opened: TestStore;
let databaseUrl: string;
let one: ParleyStore;
let two: ParleyStore;

beforeAll(async () => {
  opened = await openTestStore("postgres");
  databaseUrl = opened.options.databaseUrl ?? "";
  one = opened.store;
  two = await openStore(opened.options);
});
afterAll(async () => {
  await two.close();
  await opened.close();
});

/** Collects what an instance hears of an account until `count` events are there. */
function hearing(store: ParleyStore, account: string, count: number): Promise<LiveEvent[]> {
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

async function lost(): Promise<number> {
  const others = "datname = current_database() and pid <> pg_backend_pid()";
  return (await query(databaseUrl, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`))
    .length;
}

async function settled(store: ParleyStore): Promise<void> {
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
      [webhook, webhook, webhook, log, log].flatMap((options) => [
        store.messages.record(account, messages, options),
        store.messages.record(account, messages.toReversed(), options),
      ]),
    ),
  );
  expect(answers.flat().filter(({ outcome }) => outcome === "added")).toHaveLength(20);
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
      await store.messages.record(index % 2 ? a : b, [twilioMessage({ target, sid })], webhook);
      await store.targets.add(a, { ...pair, target }, `Name ${index}`);
      await store.messages.addPending(b, { ...pair, target, id: `f${index}`, body: "Hi", at: new Date() });
      await store.messages.accept(
        b,
        `f${index}`,
        twilioMessage({ direction: "outbound", sid: `${sid}${index}` }),
      );
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
      one.messages.record(account, [twilioMessage()], webhook),
      two.messages.record(account, [twilioMessage()], webhook),
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
    expect(await lost()).toBeGreaterThan(1);
    for (let index = 0; index < 10; index += 1) {
      const announced = () =>
        one.events.announce(account, { kind: "message", messageId: `${round}.${index}` });
      await settled(one);
      await announced();
    }
  }
  const ids = (await heard).map(({ change }) => (change.kind === "message" ? change.messageId : change.kind));
  expect(ids).toEqual(
    [0, 1, 2, 3].flatMap((round) => Array.from({ length: 10 }, (_, index) => `${round}.${index}`)),
  );
  expect(await heard).toEqual(await two.events.since(account, 0));
});

test("a database out of reach is StoreUnavailable, and Parley goes on when it is back", async () => {
  const account = await signedIn(one);
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = databaseUrl.replace(/\/[^/]*$/, "/postgres");
  await query(admin, `alter database ${name} with allow_connections false`);
  await query(admin, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  for (const call of [
    () => one.ping(),
    () => one.messages.record(account, [twilioMessage()], webhook),
    () => two.conversations.find(account, pair),
    () => openStore(opened.options),
  ])
    await expect(call()).rejects.toBeInstanceOf(StoreUnavailable);
  const heard = hearing(two, account, 1);
  await query(admin, `alter database ${name} with allow_connections true`);
  await settled(one);
  await one.messages.record(account, [twilioMessage()], webhook);
  expect(await heard).toMatchObject([{ change: { kind: "message" } }]);
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
