import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveEvent } from "../../../src/models/types.ts";
import type { Engine } from "../../../src/store/engines/engine.ts";
import { Events } from "../../../src/store/commits/events.ts";
import { Feed } from "../../../src/store/commits/eventFeed.ts";
import { openPostgres } from "../../../src/store/engines/postgres/engine.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import type { Store } from "../../../src/store/store.ts";
import { Writer } from "../../../src/store/commits/writer.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

for (const name of engines)
  describe(`events on ${name}`, () => {
    let opened: TestStore;
    let store: Store;
    let account: string;

    beforeAll(async () => {
      opened = await openTestStore(name);
      store = opened.store;
      account = await signedIn(store);
    });
    afterAll(() => opened.close());

    test("before anything happened the cursor is 0 and nothing was missed", async () => {
      expect(await store.events.cursor()).toBe(0);
      expect(await store.events.since(account, 0)).toEqual([]);
      expect(await store.events.since(account, 1)).toBeUndefined();
    });

    test("listeners hear of every change, of every account, once and in the order of commits", async () => {
      const heard: LiveEvent[] = [];
      const other = await signedIn(store);
      const all = new Promise<void>((resolve) => {
        store.events.listen((events) => {
          heard.push(...events);
          if (heard.length >= 101) resolve();
        });
      });
      store.events.listen(() => {
        throw new Error("A listener of its own");
      });
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          await store.messages.take(account, [twilioMessage({ body: String(index) })], "webhook");
          await store.events.announce(other, { kind: "refresh" });
        }),
      );
      await store.events.announce(account, { kind: "numbers" });
      await all;
      const ids = heard.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(heard.filter(({ accountSid }) => accountSid === other)).toHaveLength(50);
      expect(heard.at(-1)).toMatchObject({ accountSid: account, change: { kind: "numbers" } });
      expect(await store.events.cursor()).toBe(ids.at(-1));
      expect(await store.events.since(account, 0)).toEqual(
        heard.filter((event) => event.accountSid === account),
      );
      expect(await store.events.since(account, ids.at(-1) ?? 0)).toEqual([]);
      expect(await store.events.since(account, (ids.at(-1) ?? 0) + 1)).toBeUndefined();
    });

    test("a listener that stopped hears nothing more", async () => {
      const heard: LiveEvent[] = [];
      const stop = store.events.listen((events) => heard.push(...events));
      stop();
      await new Promise<void>((resolve) => {
        const stopOther = store.events.listen(() => {
          stopOther();
          resolve();
        });
        void store.events.announce(account, { kind: "refresh" });
      });
      expect(heard).toEqual([]);
    });

    test("a change that fails announces nothing", async () => {
      const before = await store.events.cursor();
      const bad = twilioMessage({ at: new Date(NaN) });
      await expect(store.messages.take(account, [bad], "webhook")).rejects.toThrow();
      expect(await store.events.cursor()).toBe(before);
    });

    test("what is older than an hour or beyond the newest 20,000 is forgotten, and asking for it says so", async () => {
      const engine = second(opened);
      const feed = new Feed(engine, () => undefined);
      const events = new Events(engine, new Writer(engine, { onEvents: () => undefined }), feed);
      const hourAgo = Date.now() - 61 * 60_000;
      const old = await store.events.cursor();
      await engine.db.updateTable("events").set({ at: hourAgo }).execute();
      await events.prune();
      expect(await store.events.cursor()).toBe(old);
      expect(await store.events.since(account, old - 1)).toHaveLength(1);
      expect(await store.events.since(account, old - 2)).toBeUndefined();

      await addEvents(engine, account, 20_001);
      await events.prune();
      const newest = await store.events.cursor();
      // More than a page would draw; it is refreshed instead.
      expect(await store.events.since(account, newest - 20_000)).toHaveLength(200);
      expect(await store.events.since(account, newest - 20_001)).toBeUndefined();
      await engine.close();
    });

    test("soon after a logout no event tells whose account was here", async () => {
      const leaving = await signedIn(store);
      await store.targets.add(leaving, pair, null);
      await store.accounts.erase(leaving);
      const engine = second(opened);
      const writer = new Writer(engine, { onEvents: () => undefined });
      const events = new Events(engine, writer, new Feed(engine, () => undefined));
      const sids = async () =>
        (await engine.db.selectFrom("events").select("account_sid").execute()).map((row) => row.account_sid);
      await events.prune();
      expect(await sids()).toContain(leaving);
      await engine.db
        .updateTable("events")
        .set({ at: Date.now() - 61_000 })
        .where("account_sid", "=", leaving)
        .execute();
      await events.prune();
      expect(await sids()).not.toContain(leaving);
      await engine.close();
    });

    test("a store that opens again goes on where it stopped", async () => {
      await store.events.announce(account, { kind: "refresh" });
      const before = await store.events.cursor();
      const engine = second(opened);
      const feed = new Feed(engine, () => undefined);
      await feed.start();
      const heard = new Promise<LiveEvent[]>((resolve) => feed.listen(resolve));
      await store.targets.add(account, pair, null);
      feed.wake();
      expect(await heard).toMatchObject([{ change: { kind: "conversation", ...pair } }]);
      expect((await heard)[0]?.id).toBeGreaterThan(before);
      await feed.close();
      await engine.close();
    });
  });

function second({ options }: TestStore): Engine {
  return options.databaseUrl
    ? openPostgres(options.databaseUrl, () => undefined)
    : openSqlite(options.dataDir);
}

async function addEvents(engine: Engine, account_sid: string, count: number): Promise<void> {
  const event = { account_sid, change: JSON.stringify({ kind: "refresh" }), at: Date.now() };
  for (let left = count; left > 0; left -= 5_000)
    await engine.db
      .insertInto("events")
      .values(Array<typeof event>(Math.min(left, 5_000)).fill(event))
      .execute();
}
