import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MessageSearch } from "../../../src/models/chat/store.ts";
import { parseSearch } from "../../../src/models/chat/searchQuery.ts";
import type { Told } from "../../../src/models/chat/told.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  draft,
  engines,
  openTestStore,
  signedIn,
  twilioMessage,
  type TestStore,
} from "../../support/stores.ts";

const [shop, office] = ["+15014434496", "+442079460958"];
const [anna, ben, walnut] = ["+15012080731", "+447400123456", "WALNUT"];
let minute = 0;

/** A minute after the one before. */
function told(body: string, change: Partial<Told> = {}): Told {
  minute += 1;
  const at = new Date(Date.UTC(2026, 9, 1, 9, minute));
  return { ...twilioMessage({ twilioNumber: shop, target: anna, body, at }), ...change };
}

const texts = [
  told("The parcel has arrived"),
  told("José Núñez brings the PARCELS tomorrow", { target: ben, twilioNumber: office }),
  told("Straße 5, İstanbul; call +1 (501) 208-0947"),
  told("On my way, see https://example.com/a", { direction: "outbound", status: "delivered" }),
  told("my way is on", { direction: "outbound", status: "failed", errorCode: 30003 }),
  told("東京都に行きます 🎉"),
  told("Your code is 482913", { target: walnut }),
  told("", { numMedia: 2 }),
  told("Where is it?", { target: ben }),
  told("Where is it now?", { target: ben }),
];

for (const engine of engines)
  describe(`a search on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;
    let account: string;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
      account = await signedIn(store);
      const other = await signedIn(store);
      await store.messages.take(other, [told("The parcel of somebody else")], "webhook");
      await store.targets.add(account, { twilioNumber: shop, target: anna }, "Anna Müller-Lüdenscheidt");
      for (const text of texts.slice(0, 3)) await store.messages.take(account, [text], "webhook");
      await store.messages.take(account, texts.slice(3).toReversed(), "history");
      await store.conversations.markRead(account, { twilioNumber: shop, target: ben });
      await store.messages.take(account, [told("One more, unread", { target: ben })], "webhook");
    });
    afterAll(() => opened.close());

    function wanted(typed: string, rest: Partial<MessageSearch> = {}): MessageSearch {
      const { all, none } = parseSearch(typed, { country: "US" });
      const nothing = { hasMedia: false, hasLink: false, isFailed: false, isUnread: false };
      return { all, none, ...nothing, ...rest };
    }
    async function found(typed: string, rest: Partial<MessageSearch> = {}): Promise<string[]> {
      const search = wanted(typed, rest);
      return (await store.searches.messages(account, search, { limit: 50 })).map(({ body }) => body);
    }
    const bodies = (...indexes: number[]) => indexes.map((index) => texts[index]?.body);

    test.each([
      ["parcel", [1, 0]],
      ["PARCELS", [1]],
      ["parcel* -jose", [0]],
      ["jose nunez", [1]],
      ["NÚÑEZ", [1]],
      ["strasse istanbul", [2]],
      ["straße", [2]],
      ["arr", [0]],
      ["arr ", []],
      ["arr* the", [0]],
      ['"on my way"', [3]],
      ["way on my", [4, 3]],
      ["京都", [5]],
      ["都京", []],
      ["🎉", [5]],
      ["482913", [6]],
      ["5012080947", [2]],
      ["+1 501 208 0947", [2]],
      ["501-208-0947", [2]],
      ["501-208-0948", []],
      ["'; drop table messages", []],
      ["nothing like it", []],
    ])("for %s", async (typed, expected) => {
      expect(await found(typed)).toEqual(bodies(...expected));
    });

    test.each<[string, Partial<MessageSearch>, number[]]>([
      ["own texts", { direction: "outbound" }, [4, 3]],
      ["links", { hasLink: true }, [3]],
      ["pictures", { hasMedia: true }, [7]],
      ["what failed", { isFailed: true }, [4]],
      ["a person", { targets: [ben], twilioNumbers: [office] }, [1]],
      ["nobody", { targets: [] }, []],
      ["a Twilio number", { twilioNumbers: [office] }, [1]],
      ["one conversation", { pair: { twilioNumber: office, target: ben } }, [1]],
      ["a conversation that is not there", { pair: { twilioNumber: office, target: anna } }, []],
      ["a time", { from: texts[3]?.at ?? undefined, until: texts[5]?.at ?? undefined }, [4, 3]],
    ])("for %s", async (_, rest, expected) => {
      expect(await found("", rest)).toEqual(bodies(...expected));
    });

    test("for what is unread", async () => {
      const unread = await found("", { isUnread: true });
      expect(unread).toContain("One more, unread");
      expect(unread).not.toContain("Where is it?");
    });

    test("goes on after the last of a page", async () => {
      const search = wanted("where");
      const [first] = await store.searches.messages(account, search, { limit: 1 });
      const next = await store.searches.messages(account, search, { limit: 1, after: first?.id });
      expect([first?.body, next[0]?.body]).toEqual(["Where is it now?", "Where is it?"]);
    });

    test("tells who it was", async () => {
      const search = wanted("arrived");
      const [text] = await store.searches.messages(account, search, { limit: 1 });
      expect(text).toMatchObject({ name: "Anna Müller-Lüdenscheidt", target: anna, twilioNumber: shop });
    });

    test.each([
      ["muller", [anna]],
      ["lud", [anna]],
      ["enscheidt", []],
      ["208", [anna]],
      ["waln", [walnut]],
    ])("for people by %s", async (word, expected) => {
      const people = await store.searches.people(account, { words: [word], digits: [] }, 9);
      expect(people.map(({ target }) => target)).toEqual(expected);
    });

    test("for people by digits", async () => {
      const search = { words: [], digits: ["7400123456"] };
      expect(await store.searches.people(account, search, 9)).toMatchObject([
        { target: ben, twilioNumber: shop },
      ]);
    });

    test("follows what Twilio removes, and what is moved", async () => {
      const text = told("Ephemeral words");
      await store.messages.take(account, [text], "webhook");
      await store.messages.remove(account, text.sid);
      expect(await found("ephemeral")).toEqual([]);
    });

    test("finds by the words that are told later, and no longer by none", async () => {
      const text = told("Found at last");
      await store.messages.take(account, [{ ...text, body: "" }], "log");
      expect(await found("found at last")).toEqual([]);
      await store.messages.take(account, [text], "webhook");
      expect(await found("found at last")).toEqual(["Found at last"]);
      await store.messages.remove(account, text.sid);
      expect(await found("found at last")).toEqual([]);
    });

    test("finds own texts once they are on their way", async () => {
      await store.messages.addPending(account, draft({ id: "form-7", body: "Waiting for Godot" }));
      expect(await found("godot")).toEqual(["Waiting for Godot"]);
    });

    test("keeps nothing after a logout", async () => {
      const own = await signedIn(store);
      await store.messages.take(own, [told("Secretive words")], "webhook");
      await store.accounts.erase(own);
      await store.accounts.save({ sid: own, friendlyName: "", type: "Full", status: "active" }, "again");
      const search = wanted("secretive");
      expect(await store.searches.messages(own, search, { limit: 1 })).toEqual([]);
    });
  });

test("nothing of a logged out account's words is left in the file", async () => {
  const opened = await openTestStore();
  const { store, options } = opened;
  const account = await signedIn(store);
  await store.messages.take(account, [told("Secretive words")], "webhook");
  const file = new SQLite(join(options.dataDir, "parley.db"), { readonly: true });
  const tables = file.prepare<[], string>(
    "select name from sqlite_master where name like 'words%' or name like 'erased%'",
  );
  expect(tables.pluck().all()).toContain("words_1");
  await store.accounts.erase(account);
  await expect.poll(() => tables.all()).toEqual([]);
  file.close();
  await opened.close();
});
