import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ListPosition } from "../../../src/models/chat/store.ts";
import type { Store } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const twilioNumber = "+15550001111";
const person = (last: number) => `+1555222${1_000 + last}`;
const at = (seconds: number) => new Date(1e12 + seconds * 1_000);

for (const engine of engines)
  describe(`the ends of lists on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;
    let sid: string;
    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      sid = await signedIn(store);
      const told = [1, 2, 3].map((last) => twilioMessage({ target: person(last), at: at(last) }));
      await store.messages.take(sid, told, "webhook");
      for (const last of [8, 9]) await store.targets.add(sid, { twilioNumber, target: person(last) }, null);
    });

    const list = async (limit: number, after?: ListPosition) =>
      (await store.conversations.list(sid, twilioNumber, { limit, ...(after ? { after } : {}) })).map(
        ({ target }) => Number(target.slice(-4)) - 1_000,
      );

    test("a page that ends just with the last who said something is followed by those who said nothing", async () => {
      expect(await list(3)).toEqual([3, 2, 1]);
      const silent = await list(9, { target: person(1), lastAt: at(1) });
      expect(silent.toSorted()).toEqual([8, 9]);
      expect(await list(4)).toEqual([3, 2, 1, silent[0]]);
    });

    test("behind the last row there is nothing, before the first there is everybody", async () => {
      const all = await list(9);
      const last = all.at(-1) ?? 0;
      expect(await list(9, { target: person(last), lastAt: null })).toEqual([]);
      expect(await list(9, { target: person(3), lastAt: at(4) })).toEqual(all);
    });

    test("a row that has gone, or moved up meanwhile, still says where the rest goes on", async () => {
      expect((await list(9, { target: "+15559999999", lastAt: at(2) })).slice(0, 2)).toEqual([2, 1]);
      await store.messages.take(sid, [twilioMessage({ target: person(2), at: at(9) })], "webhook");
      expect((await list(9, { target: person(2), lastAt: at(2) })).slice(0, 1)).toEqual([1]);
    });

    test("of a thread, exactly as many messages as are asked for, and none before the first", async () => {
      const pair = { twilioNumber, target: person(5) };
      const told = [1, 2, 3].map((second) => twilioMessage({ target: pair.target, at: at(second) }));
      await store.messages.take(sid, told, "webhook");
      const thread = async (limit: number, before?: { at: Date; id: string }) =>
        (await store.messages.thread(sid, pair, { limit, ...(before ? { before } : {}) })).map(
          ({ id }) => id,
        );
      const [first = "", second = "", third = ""] = told.map((message) => message.sid);
      expect(await thread(3)).toEqual([first, second, third]);
      expect(await thread(2)).toEqual([second, third]);
      expect(await thread(9, { at: at(1), id: first })).toEqual([]);
      expect(await thread(9, { at: at(4), id: "" })).toEqual([first, second, third]);
      expect(await thread(9, { at: at(3), id: third })).toEqual([first, second]);
    });
  });
