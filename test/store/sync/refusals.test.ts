import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Refusal } from "../../../src/models/sync/store.ts";
import { WebhookRefusals } from "../../../src/models/sync/webhookRefusals.ts";
import type { Store } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

for (const engine of engines)
  describe(`refused webhooks on ${engine}`, () => {
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

    const at = (ms: number) => new Date(1e12 + ms);
    const refused = (ms: number, change: Partial<Refusal> = {}) =>
      store.refusals.add(sid, {
        ...{ at: at(ms), reason: "token" as const, signedUrl: null },
        ...{ expectedUrl: "https://inbox.example/sms", ...change },
      });
    const standing = async () => (await new WebhookRefusals(store, {} as never).standing(sid))?.at;

    test("come back as they were, the newest first, as many as are asked for, each account's own", async () => {
      const other = await signedIn(store);
      const byAddress = { reason: "address" as const, signedUrl: "https://old.example/sms" };
      await refused(1);
      await refused(2, byAddress);
      const [newest] = await store.refusals.list(sid, 1);
      expect(newest).toEqual({ at: at(2), expectedUrl: "https://inbox.example/sms", ...byAddress });
      expect((await store.refusals.list(sid, 9)).map((refusal) => refusal.at)).toEqual([at(2), at(1)]);
      expect(await store.refusals.list(other, 9)).toEqual([]);
    });

    test("stand until a webhook is taken after them, not before or in the same moment", async () => {
      expect(await standing()).toBeUndefined();
      await store.syncs.update(sid, { webhookAt: at(9) });
      await refused(10);
      expect(await standing()).toEqual(at(10));
      await store.syncs.update(sid, { webhookAt: at(10) });
      expect(await standing()).toEqual(at(10));
      await store.syncs.update(sid, { webhookAt: at(11) });
      expect(await standing()).toBeUndefined();
      await refused(12);
      expect(await standing()).toEqual(at(12));
    });

    test("go with their account", async () => {
      await refused(1);
      await store.accounts.erase(sid);
      expect(await store.refusals.list(sid, 9)).toEqual([]);
    });
  });
