import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../../src/models/types.ts";
import type { ParleyStore } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const webhook = { source: "webhook", unread: true, announce: true } as const;
const [first, second] = ["+15550001111", "+15550002222"] as const;
const [ann, bob, cy] = ["+15011111111", "+15022222222", "+447900000003"] as const;

for (const engine of engines)
  describe(`conversations on ${engine}`, () => {
    let opened: TestStore;
    let store: ParleyStore;
    let account: string;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      account = await signedIn(store);
    });

    const at = (seconds: number) => new Date(1e12 + seconds * 1_000);
    const text = (twilioNumber: string, target: string, seconds: number) =>
      store.messages.record(account, [twilioMessage({ twilioNumber, target, at: at(seconds) })], webhook);
    async function listed(number: string, page: { limit?: number; search?: string } = {}): Promise<string[]> {
      const found = await store.conversations.list(account, number, { limit: 10, ...page });
      return found.map(({ target }) => target);
    }
    async function changes(): Promise<Change[]> {
      return ((await store.events.since(account, 0)) ?? []).map(({ change }) => change);
    }

    test("every target is in each number's list: with messages first, then by activity on any number", async () => {
      await text(first, ann, 1);
      await text(second, bob, 2);
      await text(second, cy, 3);
      expect(await listed(first)).toEqual([ann, cy, bob]);
      expect(await listed(second)).toEqual([cy, bob, ann]);
      await text(first, bob, 4);
      expect(await listed(first)).toEqual([bob, ann, cy]);
      expect(await listed(first, { limit: 2 })).toEqual([bob, ann]);
      expect(await store.conversations.list(account, second, { limit: 10 })).toMatchObject([
        { target: cy, unread: 1, lastMessage: { at: at(3) } },
        { target: bob, unread: 1, lastMessage: { at: at(2) } },
        { target: ann, unread: 0, lastMessage: null },
      ]);
    });

    test("an added target opens a conversation, is announced, and stands before those long silent", async () => {
      await text(second, ann, 1);
      await store.targets.add(account, { twilioNumber: first, target: bob }, "Bob");
      expect(await listed(first)).toEqual([bob, ann]);
      expect((await changes()).at(-1)).toEqual({ kind: "conversation", twilioNumber: first, target: bob });
      expect(await store.conversations.find(account, { twilioNumber: second, target: bob })).toMatchObject({
        name: "Bob",
        lastMessage: null,
      });
      expect(await store.conversations.find(account, { twilioNumber: first, target: cy })).toBeUndefined();
    });

    test("a name given replaces the old one, none given keeps it, and renaming tells every list", async () => {
      const pair = { twilioNumber: first, target: ann };
      await store.targets.add(account, pair, "Ann");
      await store.targets.add(account, { ...pair, twilioNumber: second }, null);
      expect(await store.targets.find(account, ann)).toEqual({ phoneNumber: ann, name: "Ann" });
      await store.targets.rename(account, ann, "Anna");
      expect(await store.targets.find(account, ann)).toEqual({ phoneNumber: ann, name: "Anna" });
      expect((await changes()).slice(-2)).toEqual(
        expect.arrayContaining([
          { kind: "conversation", twilioNumber: first, target: ann },
          { kind: "conversation", twilioNumber: second, target: ann },
        ]),
      );
      await store.targets.rename(account, ann, null);
      expect(await store.targets.find(account, ann)).toEqual({ phoneNumber: ann, name: null });
      expect(await store.targets.find(account, bob)).toBeUndefined();
    });

    test("a search finds parts of names in any case and of numbers as people write them, and no wildcards", async () => {
      await store.targets.add(account, { twilioNumber: first, target: ann }, "Änne 100% Öztürk");
      await text(first, bob, 1);
      await store.targets.add(account, { twilioNumber: first, target: "Parley" }, null);
      expect(await listed(first, { search: "ÖZT" })).toEqual([ann]);
      expect(await listed(first, { search: "0%" })).toEqual([ann]);
      expect(await listed(first, { search: "_" })).toEqual([]);
      expect(await listed(first, { search: "(502) 222-2" })).toEqual([bob]);
      expect(await listed(first, { search: "parl" })).toEqual(["Parley"]);
      expect(await listed(second, { search: "502" })).toEqual([bob]);
    });

    test("the newest pair is that of the newest message, overall or on a number", async () => {
      expect(await store.conversations.newest(account)).toBeUndefined();
      await store.targets.add(account, { twilioNumber: first, target: cy }, null);
      expect(await store.conversations.newest(account, first)).toBeUndefined();
      await text(first, ann, 1);
      await text(second, bob, 2);
      expect(await store.conversations.newest(account)).toEqual({ twilioNumber: second, target: bob });
      expect(await store.conversations.newest(account, first)).toEqual({ twilioNumber: first, target: ann });
    });

    test("unread counts by number until somebody reads, which is announced once", async () => {
      await text(first, ann, 1);
      await text(first, bob, 2);
      await text(second, ann, 3);
      expect(await store.conversations.unreadByNumber(account)).toEqual(
        new Map([
          [first, 2],
          [second, 1],
        ]),
      );
      const before = (await changes()).length;
      await store.conversations.markRead(account, { twilioNumber: second, target: ann });
      await store.conversations.markRead(account, { twilioNumber: second, target: ann });
      expect(await store.conversations.unreadByNumber(account)).toEqual(
        new Map([
          [first, 2],
          [second, 0],
        ]),
      );
      expect((await changes()).slice(before)).toEqual([
        { kind: "conversation", twilioNumber: second, target: ann },
      ]);
    });

    test("reading while texts arrive never loses count", async () => {
      const pair = { twilioNumber: first, target: ann };
      await text(first, ann, 0);
      await Promise.all([
        store.conversations.markRead(account, pair),
        ...[1, 2, 3].map((second) => text(first, ann, second)),
      ]);
      const { unread } = (await store.conversations.find(account, pair)) ?? { unread: -1 };
      expect([0, 3]).toContain(unread);
    });

    test("the newest STOP or START counts, whatever order they become known in", async () => {
      const pair = { twilioNumber: first, target: ann };
      const since = async () => (await store.conversations.find(account, pair))?.optedOutAt;
      await store.conversations.setOptOut(account, pair, true, at(5));
      expect(await since()).toEqual(at(5));
      const announced = (await changes()).length;
      await store.conversations.setOptOut(account, pair, false, at(4));
      await store.conversations.setOptOut(account, pair, false, at(5));
      await store.conversations.setOptOut(account, pair, true, at(6));
      expect(await since()).toEqual(at(5));
      expect(await changes()).toHaveLength(announced);
      await store.conversations.setOptOut(account, pair, false, at(7));
      await store.conversations.setOptOut(account, pair, true, at(2));
      expect(await since()).toBeNull();
      expect(await store.conversations.find(account, { ...pair, twilioNumber: second })).toMatchObject({
        optedOutAt: null,
      });
    });

    test("a conversation is complete once somebody says so", async () => {
      const pair = { twilioNumber: first, target: ann };
      expect(await store.conversations.isComplete(account, pair)).toBe(false);
      await store.conversations.markComplete(account, pair);
      expect(await store.conversations.isComplete(account, pair)).toBe(true);
      await text(first, ann, 1);
      expect(await store.conversations.isComplete(account, pair)).toBe(true);
      expect(await store.conversations.isComplete(account, { ...pair, twilioNumber: second })).toBe(false);
    });
  });
