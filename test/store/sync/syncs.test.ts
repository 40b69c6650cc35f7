import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

for (const engine of engines)
  describe(`looks at Twilio's log on ${engine}`, () => {
    let opened: TestStore;
    beforeAll(async () => {
      opened = await openTestStore(engine);
    });
    afterAll(() => opened.close());

    test("the oldest look is that of the attended account that waits longest", async () => {
      const { syncs, accounts } = opened.store;
      expect(await syncs.oldestLook()).toBeNull();
      const [one, other] = [await signedIn(opened.store), await signedIn(opened.store)];
      expect(await syncs.oldestLook()).toBeNull();
      await syncs.update(one, { seenUntil: new Date(2_000) });
      await syncs.update(other, { seenUntil: new Date(1_000) });
      expect(await syncs.oldestLook()).toEqual(new Date(1_000));
      await syncs.update(other, { seenUntil: new Date(3_000) });
      expect(await syncs.oldestLook()).toEqual(new Date(2_000));
      await accounts.erase(one);
      expect(await syncs.oldestLook()).toEqual(new Date(3_000));
    });

    test("of two changes at once to one account neither is lost", async () => {
      const { syncs } = opened.store;
      const sid = await signedIn(opened.store);
      await Promise.all([syncs.update(sid, { count: 7 }), syncs.update(sid, { pace: "slow" })]);
      expect(await syncs.find(sid)).toMatchObject({ count: 7, pace: "slow", state: "idle" });
    });
  });
