import { EventEmitter, once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Accounts } from "../../../src/models/account/accounts.ts";
import { SignInGate } from "../../../src/models/account/signInGate.ts";
import { Limits } from "../../../src/models/limits.ts";
import { Deliveries } from "../../../src/models/chat/deliveries.ts";
import type { Message } from "../../../src/models/types.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import type { Store } from "../../../src/store/store.ts";
import { createTwilioApi } from "../../../src/twilio/client.ts";
import { account, draft, engines, openTestStore, type TestStore } from "../../support/stores.ts";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";

const { accountSid } = shop;
const pair = { twilioNumber: shopNumber, target: anna };
const text = (change = {}) => draft({ ...pair, id: "form-1", body: "Are you there?", ...change });

for (const engine of engines)
  describe(`messages that a process left behind on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;
    let sandbox: Sandbox;
    let deliveries: Deliveries;
    let errors: unknown[];

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      sandbox = await startSandbox({ seed: shopSeed() });
      await store.accounts.save(account(accountSid), shop.authToken);
      errors = [];
      deliveries = successor([20, 40]);
    });
    afterEach(async () => {
      await deliveries.stop();
      await store.accounts.erase(accountSid);
      await sandbox.close();
      expect(errors).toEqual([]);
    });

    /** The next process, as it finds what is there. */
    function successor(checkDelays: number[]): Deliveries {
      const twilio = createTwilioApi({ apiUrl: sandbox.url });
      const onError = (error: unknown) => errors.push(error);
      const options = { statusCallback: undefined, checkDelays, onError };
      return new Deliveries(
        store,
        twilio,
        new Accounts(store, twilio, { gate: new SignInGate(new Limits(store)), onError }),
        options,
      );
    }

    const keep = async (change = {}) => (await store.messages.addPending(accountSid, text(change))).message;
    async function hand(): Promise<Message> {
      const message = await keep();
      await store.messages.mark(accountSid, message.id, "handed");
      return message;
    }
    const found = () => store.messages.find(accountSid, "form-1");
    const calls = (method: string) =>
      sandbox.world.log.list().filter((call) => call.kind === "api" && call.method === method).length;

    async function until(status: string): Promise<void> {
      const news = new EventEmitter();
      const stop = store.events.listen(() => news.emit("news"));
      for (let heard = once(news, "news"); (await found())?.status !== status; heard = once(news, "news"))
        await heard;
      stop();
    }

    test("what never was handed over is known not to be sent, without a word with Twilio", async () => {
      await keep();
      await deliveries.settleOrphans(accountSid);
      expect(await found()).toMatchObject({ status: "unsent", sid: null });
      expect(calls("GET") + calls("POST")).toBe(0);
    });

    test("what was handed over is looked up and found", async () => {
      const { twilioNumber, target, body } = await hand();
      const sending = { twilioNumber, target, body, statusCallback: undefined };
      const { sid } = await createTwilioApi({ apiUrl: sandbox.url }).sendMessage(shop, sending);
      await deliveries.settleOrphans(accountSid);
      await until("queued");
      expect(await found()).toMatchObject({ sid });
      expect(calls("POST")).toBe(1);
    });

    test("what was handed over and is not in Twilio's log was not sent, and is not sent again", async () => {
      await hand();
      await deliveries.settleOrphans(accountSid);
      await until("unconfirmed");
      expect(calls("GET")).toBe(2);
      expect(calls("POST")).toBe(0);
    });

    test("what a living process has in hand is left alone, until it dies", async () => {
      await store.leases.take("another", "another", 5_000);
      await keep({ holder: "another" });
      expect(await deliveries.settleOrphans(accountSid)).toBe(true);
      expect(await found()).toMatchObject({ status: "pending" });
      await store.leases.release("another", "another");
      expect(await deliveries.settleOrphans(accountSid)).toBe(false);
      expect(await found()).toMatchObject({ status: "unsent" });
    });

    test("a process that hands messages over is alive to the others, and no longer when it has stopped", async () => {
      const other = successor([20]);
      const own = await deliveries.draft({ ...pair, id: "form-1", body: "Are you there?" });
      await keep(own);
      await other.settleOrphans(accountSid);
      expect(await found()).toMatchObject({ status: "pending" });
      await deliveries.stop();
      await other.settleOrphans(accountSid);
      expect(await found()).toMatchObject({ status: "unsent" });
      await other.stop();
    });

    test("its own that it lost sight of a minute ago are settled, younger ones are not", async () => {
      const { holder, at } = await deliveries.draft({ ...pair, id: "form-1", body: "Are you there?" });
      await keep({ holder, at });
      await keep({ holder, at: new Date(at.getTime() - 61_000), id: "form-2" });
      await deliveries.settleOrphans(accountSid);
      expect(await found()).toMatchObject({ status: "pending" });
      expect(await store.messages.find(accountSid, "form-2")).toMatchObject({ status: "unsent" });
    });

    test("what the others have called unsent is not handed over by a process that comes back to life", async () => {
      const message = await keep();
      await store.messages.mark(accountSid, message.id, "unsent");
      await deliveries.deliver(accountSid, message);
      expect(calls("POST")).toBe(0);
      expect(await found()).toMatchObject({ status: "unsent" });
    });

    test("what is on its way is not settled by the process that sends it", async () => {
      sandbox.world.faults.add({ kind: "latency", times: 1, path: "POST", ms: 300 });
      const message = await keep({ holder: "nobody" });
      const taken = once(sandbox.world.events, "faults");
      const delivered = deliveries.deliver(accountSid, message);
      await taken;
      await deliveries.settleOrphans(accountSid);
      expect(await found()).toMatchObject({ status: "handed" });
      await delivered;
      expect((await found())?.sid).toMatch(/^SM/);
    });
  });
