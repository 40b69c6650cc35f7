import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotFound } from "../../../src/models/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { engines, openTestStore, ownedNumber, signedIn, type TestStore } from "../../support/stores.ts";

for (const engine of engines)
  describe(`numbers on ${engine}`, () => {
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
    });

    const announced = async () => (await store.events.since(sid, 0))?.map(({ change }) => change.kind);
    const [one, two] = [ownedNumber("+15550001111"), ownedNumber("+15550002222")];

    test("a number that Twilio lists twice is one, as it was listed last", async () => {
      const renamed = { ...one, friendlyName: "Front desk", voice: false };
      await store.numbers.replaceAll(sid, [one, two, renamed]);
      expect(await store.numbers.list(sid)).toEqual([renamed, two]);
    });

    test.each([
      ["name", { friendlyName: "Front desk" }],
      ["ability", { mms: false }],
      ["webhook", { smsUrl: "https://inbox.example/sms" }],
      ["time of change", { updatedAt: new Date(1) }],
      ["phone number", { phoneNumber: "+15550003333" }],
    ])("another %s is told to open pages, the same once more is not", async (_, change) => {
      await store.numbers.replaceAll(sid, [one]);
      await store.numbers.replaceAll(sid, [{ ...one, ...change }]);
      await store.numbers.replaceAll(sid, [{ ...one, ...change }]);
      expect(await announced()).toEqual(["numbers", "numbers"]);
      expect(await store.numbers.list(sid)).toEqual([{ ...one, ...change }]);
    });

    test("more than one statement takes are all there, and none of them when the account has none any more", async () => {
      const many = Array.from({ length: 201 }, (_, index) => ownedNumber(`+1555${1_000_000 + index}`));
      await store.numbers.replaceAll(sid, many);
      expect(await store.numbers.list(sid)).toHaveLength(201);
      await store.numbers.replaceAll(sid, []);
      expect(await store.numbers.list(sid)).toEqual([]);
    });

    test("of an account that nobody is signed in to no numbers are kept", async () => {
      await store.accounts.erase(sid);
      await expect(store.numbers.replaceAll(sid, [one])).rejects.toThrow(NotFound);
      expect(await store.numbers.list(sid)).toEqual([]);
    });
  });
