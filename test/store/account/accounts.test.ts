import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sync, TwilioNumber } from "../../../src/models/types.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { account, engines, openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

const day = new Date("2026-01-01T00:00:00Z");
const number: TwilioNumber = {
  sid: "PN2",
  phoneNumber: "+15550001111",
  friendlyName: "Front desk",
  voice: true,
  sms: true,
  mms: false,
  smsUrl: "https://example.com/sms",
  createdAt: day,
  updatedAt: day,
};

for (const engine of engines)
  describe(`accounts on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());
    const tokens = async (sid: string, from = store) =>
      (await from.accounts.tokens(sid)).map(({ authToken }) => authToken);
    const changes = async (sid: string) =>
      (await store.events.since(sid, 0))?.map(({ change }) => change.kind);

    test("an account is found by its SID, its token apart, and saving again renews it and adds another token", async () => {
      const sid = `AC${"1".repeat(32)}`;
      expect(await store.accounts.find(sid)).toBeUndefined();
      expect(await tokens(sid)).toEqual([]);
      await store.accounts.save(account(sid), "first");
      await store.accounts.save({ ...account(sid), type: "Trial" }, "second");
      expect(await store.accounts.find(sid)).toEqual({ ...account(sid), type: "Trial" });
      expect(await store.accounts.attended()).toEqual([{ ...account(sid), type: "Trial" }]);
      expect((await tokens(sid)).toSorted()).toEqual(["first", "second"]);
    });

    test("with another secret there is no token, and signing in again mends it", async () => {
      const sid = await signedIn(store);
      const other = await openStore({ ...opened.options, secret: "another secret" });
      expect(await tokens(sid, other)).toEqual([]);
      expect(await other.accounts.find(sid)).toEqual(account(sid));
      await other.accounts.save(account(sid), "token");
      expect(await tokens(sid, other)).toEqual(["token"]);
      await other.close();
    });

    test("everything is there after closing and opening again", async () => {
      const sid = await signedIn(store);
      await store.numbers.replaceAll(sid, [number]);
      await store.close();
      store = opened.store = await openStore(opened.options);
      expect(await tokens(sid)).toEqual(["token of the tests"]);
      expect(await store.numbers.list(sid)).toEqual([number]);
    });

    test("the list of numbers becomes what is given, oldest first, and is announced only when it differs", async () => {
      const [sid, other] = [await signedIn(store), await signedIn(store)];
      const older = { ...number, sid: "PN3", createdAt: new Date(day.getTime() - 1) };
      await store.numbers.replaceAll(sid, [number, older]);
      await store.numbers.replaceAll(sid, [older, number]);
      expect(await store.numbers.list(sid)).toEqual([older, number]);
      expect(await changes(sid)).toEqual(["numbers"]);
      await store.numbers.replaceAll(other, [number]);
      await store.numbers.replaceAll(sid, [{ ...number, smsUrl: "" }]);
      expect(await store.numbers.list(sid)).toEqual([{ ...number, smsUrl: "" }]);
      expect(await store.numbers.list(other)).toEqual([number]);
      expect(await changes(sid)).toEqual(["numbers", "numbers"]);
    });

    test("a sync starts idle, merges what is given, and tells of state, count, pace, gap and the first webhook only", async () => {
      const sid = await signedIn(store);
      const fresh = { state: "idle", nextPage: null, count: 0, oldestAt: null, seenUntil: null, gaps: [] };
      const unproved = { webhookAt: null, webhookUrl: null, pace: null };
      expect(await store.syncs.find(sid)).toEqual({ ...fresh, ...unproved, sweptAt: null });
      const gaps = [{ since: day, nextPage: "/gap", oldestAt: null }];
      const steps: [Partial<Sync>, number][] = [
        [{ state: "running", nextPage: "/next" }, 1],
        [{ seenUntil: day, sweptAt: day, oldestAt: day }, 1],
        [{ count: 1_000 }, 2],
        [{ webhookAt: day }, 3],
        [{ webhookAt: new Date(day.getTime() + 1) }, 3],
        [{ state: "done", nextPage: null }, 4],
        [{ pace: "slow", gaps }, 5],
        [{ webhookUrl: "https://inbox.example/sms" }, 5],
        [{ gaps: [] }, 6],
        [{ gaps: gaps.map((gap) => ({ ...gap, nextPage: "/older" })) }, 7],
        [{ gaps }, 7],
      ];
      for (const [change, announced] of steps) {
        await store.syncs.update(sid, change);
        expect(await changes(sid)).toHaveLength(announced);
      }
      expect(await store.syncs.find(sid)).toEqual({
        state: "done",
        nextPage: null,
        count: 1_000,
        oldestAt: day,
        seenUntil: day,
        sweptAt: day,
        webhookAt: new Date(day.getTime() + 1),
        webhookUrl: "https://inbox.example/sms",
        pace: "slow",
        gaps,
      });
    });
  });
