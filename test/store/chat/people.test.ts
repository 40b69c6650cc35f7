import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Invalid, NotFound } from "../../../src/models/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

const shop = "+15550001111";
const [ann, ben] = ["+15012080731", "+15012080947"] as const;

for (const engine of engines)
  describe(`names on ${engine}`, () => {
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

    test("are counted and listed, each account's own", async () => {
      await store.targets.add(account, { twilioNumber: shop, target: ann }, "Ann");
      await store.targets.add(account, { twilioNumber: shop, target: `whatsapp:${ben}` }, "Ben");
      await store.targets.add(await signedIn(store), { twilioNumber: shop, target: ann }, "Somebody else's");
      expect(await store.people.count(account)).toBe(2);
      expect(await store.people.list(account)).toEqual([
        { person: ann, name: "Ann" },
        { person: ben, name: "Ben" },
      ]);
      await store.targets.rename(account, ben, null);
      expect(await store.people.list(account)).toEqual([{ person: ann, name: "Ann" }]);
    });

    test("ten thousand are restored in one commit, also for people nobody has texted with yet", async () => {
      const people = Array.from({ length: 10_000 }, (_, index) => ({
        person: `+1501${2_000_000 + index}`,
        name: `Ännchen ${index}`,
      }));
      expect(await store.people.restore(account, people, 20_000)).toEqual({ restored: 10_000, same: 0 });
      expect(await store.people.restore(account, people, 20_000)).toEqual({ restored: 0, same: 10_000 });
      await expect(store.people.restore(account, people, 9_999)).rejects.toBeInstanceOf(Invalid);
      expect((await store.events.since(account, 0))?.map(({ change }) => change)).toEqual([
        { kind: "refresh" },
      ]);
      const target = "+15012000007";
      await store.targets.add(account, { twilioNumber: shop, target }, null);
      expect(await store.conversations.find(account, { twilioNumber: shop, target })).toMatchObject({
        name: "Ännchen 7",
      });
      expect(await store.searches.people(account, { words: ["annchen", "7"], digits: [] }, 9)).toHaveLength(
        1,
      );
    });

    test("are not kept for an account that nobody is signed in to", async () => {
      await store.accounts.erase(account);
      await expect(store.people.restore(account, [{ person: ann, name: "Ann" }], 1)).rejects.toBeInstanceOf(
        NotFound,
      );
    });
  });
