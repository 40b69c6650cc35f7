import type { ListFilter } from "../../../src/models/chat/store.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Change, Conversation } from "../../../src/models/types.ts";
import type { Store } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const [first, second] = ["+15550001111", "+15550002222"] as const;
const [ann, bob, cy] = ["+15011111111", "+15022222222", "+447900000003"] as const;

for (const engine of engines)
  describe(`conversations on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;
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
      store.messages.take(account, [twilioMessage({ twilioNumber, target, at: at(seconds) })], "webhook");
    async function listed(
      number: string,
      page: { limit?: number; filter?: ListFilter } = {},
    ): Promise<string[]> {
      const found = await store.conversations.list(account, number, { limit: 10, ...page });
      return found.map(({ target }) => target);
    }
    async function changes(): Promise<Change[]> {
      return ((await store.events.since(account, 0)) ?? []).map(({ change }) => change);
    }

    test("a number's list has those who it texted with, newest first, then those that were added", async () => {
      await text(first, ann, 1);
      await text(second, bob, 2);
      await text(second, cy, 3);
      await store.targets.add(account, { twilioNumber: second, target: ann }, null);
      expect(await listed(first)).toEqual([ann]);
      expect(await listed(second)).toEqual([cy, bob, ann]);
      await text(first, bob, 4);
      expect(await listed(first)).toEqual([bob, ann]);
      expect(await listed(second, { limit: 2 })).toEqual([cy, bob]);
      expect(await store.conversations.list(account, second, { limit: 10 })).toMatchObject([
        { target: cy, unread: 1, lastMessage: { at: at(3) } },
        { target: bob, unread: 1, lastMessage: { at: at(2) } },
        { target: ann, unread: 0, lastMessage: null },
      ]);
    });

    test("a list can be of what is unread, and of who waits for an answer", async () => {
      await text(first, ann, 1);
      await text(first, bob, 2);
      await text(first, cy, 3);
      const answer = twilioMessage({ twilioNumber: first, target: cy, direction: "outbound", at: at(4) });
      await store.messages.take(account, [answer], "log");
      await store.conversations.markRead(account, { twilioNumber: first, target: bob });
      await store.targets.add(account, { twilioNumber: first, target: "+15034444444" }, null);
      expect(await listed(first, { filter: "unread" })).toEqual([cy, ann]);
      expect(await listed(first, { filter: "waiting" })).toEqual([bob, ann]);
      expect(await listed(first, { filter: "waiting", limit: 1 })).toEqual([bob]);
      expect(await listed(first)).toHaveLength(4);
    });

    test("page after page shows everybody once, in the same order, also those of the same moment", async () => {
      for (const target of [ann, bob, cy])
        await store.targets.add(account, { twilioNumber: first, target }, null);
      for (const last of ["1", "2", "3", "4"]) await text(first, `+1503333333${last}`, 7);
      const whole = await listed(first);
      expect(whole).toHaveLength(7);
      for (const limit of [1, 2, 3]) {
        const read: string[] = [];
        for (let page: Conversation[] = []; read.length < 10;) {
          const last = page.at(-1);
          const after = last && { target: last.target, lastAt: last.lastMessage?.at ?? null };
          page = await store.conversations.list(account, first, { limit, ...(after ? { after } : {}) });
          if (page.length === 0) break;
          read.push(...page.map(({ target }) => target));
        }
        expect(read).toEqual(whole);
      }
    });

    test("an added target opens a conversation, and is announced", async () => {
      await store.targets.add(account, { twilioNumber: first, target: bob }, "Bob");
      expect(await listed(first)).toEqual([bob]);
      expect((await changes()).at(-1)).toEqual({ kind: "conversation", twilioNumber: first, target: bob });
      expect(await store.conversations.find(account, { twilioNumber: second, target: bob })).toMatchObject({
        name: "Bob",
        lastMessage: null,
      });
      expect(await store.conversations.find(account, { twilioNumber: first, target: cy })).toBeUndefined();
    });

    test("a name given replaces the old one, none given keeps it, and renaming tells every page", async () => {
      const pair = { twilioNumber: first, target: ann };
      await store.targets.add(account, pair, "Ann");
      await store.targets.add(account, { ...pair, twilioNumber: second }, null);
      expect(await store.conversations.find(account, pair)).toMatchObject({ name: "Ann" });
      await store.targets.rename(account, ann, "Anna");
      expect(await store.conversations.find(account, pair)).toMatchObject({ name: "Anna" });
      expect((await changes()).at(-1)).toEqual({ kind: "refresh" });
      await store.targets.rename(account, ann, null);
      expect(await store.conversations.find(account, pair)).toMatchObject({ name: null });
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

    test("a STOP closes and a START opens, told in any order, and the page hears of it once", async () => {
      const pair = { twilioNumber: first, target: ann };
      const said = (body: string, seconds: number) => twilioMessage({ ...pair, body, at: at(seconds) });
      const since = async () => (await store.conversations.find(account, pair))?.optedOutAt;
      await store.messages.take(account, [said("STOP", 5)], "webhook");
      expect(await since()).toEqual(at(5));
      await store.messages.take(account, [said("START", 4)], "log");
      expect(await since()).toEqual(at(5));
      await store.messages.take(account, [said("stop", 7), said("START", 6)], "history");
      expect(await since()).toEqual(at(7));
      expect((await changes()).filter(({ kind }) => kind === "conversation")).toHaveLength(2);
      expect(await store.conversations.find(account, { ...pair, twilioNumber: second })).toMatchObject({
        optedOutAt: null,
      });
    });

    test("a STOP to one number of a Messaging Service closes its others, and a START opens them", async () => {
      const service = { serviceSid: `MG${"5".repeat(32)}` };
      const said = (twilioNumber: string, body: string, seconds: number) =>
        twilioMessage({ twilioNumber, target: ann, body, at: at(seconds), ...service });
      const since = async (twilioNumber: string) =>
        (await store.conversations.find(account, { twilioNumber, target: ann }))?.optedOutAt;
      await store.messages.take(account, [said(first, "Hi", 1), said(second, "Hi", 2)], "webhook");
      await store.messages.take(account, [said(first, "STOP", 3)], "webhook");
      expect([await since(first), await since(second)]).toEqual([at(3), at(3)]);
      await store.messages.take(account, [said(second, "START", 4)], "webhook");
      expect([await since(first), await since(second)]).toEqual([null, null]);
    });

    test("a person's addresses on other channels share the name, the opt-out and no list", async () => {
      const [rcs, whatsapp] = [`rcs:${ann}`, `whatsapp:${ann}`];
      await store.targets.add(account, { twilioNumber: first, target: ann }, "Ann");
      await text("rcs:walnut_agent", rcs, 1);
      await text("whatsapp:+14155238886", whatsapp, 2);
      expect(
        await store.conversations.find(account, { twilioNumber: "rcs:walnut_agent", target: rcs }),
      ).toMatchObject({
        name: "Ann",
      });
      expect(await listed(first)).toEqual([ann]);
      expect(await listed("whatsapp:+14155238886")).toEqual([whatsapp]);
      const stop = { twilioNumber: "rcs:walnut_agent", target: rcs, body: "STOP", at: at(3) };
      await store.messages.take(account, [twilioMessage(stop)], "webhook");
      expect(await store.conversations.find(account, { twilioNumber: first, target: ann })).toMatchObject({
        optedOutAt: at(3),
      });
      const onWhatsapp = { twilioNumber: "whatsapp:+14155238886", target: whatsapp };
      expect(await store.conversations.find(account, onWhatsapp)).toMatchObject({
        name: "Ann",
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
