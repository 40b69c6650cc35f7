import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Accounts } from "../../../src/models/account/accounts.ts";
import { SignInGate } from "../../../src/models/account/signInGate.ts";
import { Limits } from "../../../src/models/limits.ts";
import { History } from "../../../src/models/sync/history.ts";
import { Inquiries } from "../../../src/models/sync/inquiries.ts";
import { defaultPatience } from "../../../src/models/sync/patience.ts";
import { Reconciliation } from "../../../src/models/sync/reconciliation.ts";
import { createTwilioApi } from "../../../src/twilio/client.ts";
import { answer, serve } from "../../support/localServer.ts";
import { anna, shop, shopNumber } from "../../support/people.ts";
import { account, engines, openTestStore, type TestStore } from "../../support/stores.ts";

const { accountSid } = shop;
const sid = (index: number) => `SM${String(index).padStart(32, "0")}`;

/** As Twilio writes one, but for what is odd about it. */
function entry(index: number, change: Record<string, unknown> = {}) {
  const at = new Date(Date.now() - 60_000).toUTCString();
  const usual = { sid: sid(index), from: anna, to: shopNumber, body: `Text ${index}`, direction: "inbound" };
  const rest = { status: "received", error_code: null, error_message: null, num_media: "0" };
  return { ...usual, ...rest, date_created: at, date_sent: at, messaging_service_sid: null, ...change };
}

const kept = [
  entry(1),
  entry(2, { body: 7 }),
  entry(3, { error_code: {} }),
  entry(4, { body: "Half a \ud83d sign" }),
  entry(5, { body: "Nothing \u0000 here" }),
  entry(6, { date_sent: "yesterday", date_created: "yesterday" }),
  entry(7, { date_sent: undefined, date_created: undefined }),
  entry(8, { from: shopNumber, to: anna, direction: "outbound-api", status: "failed", error_code: "30003" }),
  entry(9, { error_code: 2 ** 40, num_media: "many" }),
  entry(10, { status: 3 }),
];
const hopeless = [null, "a text", entry(11, { sid: undefined }), entry(12, { sid: 12 }), []];

for (const engine of engines)
  describe(`odd entries of Twilio's log on ${engine}`, () => {
    let opened: TestStore;
    const errors: unknown[] = [];
    let reconciliation: Reconciliation;
    let history: History;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      const { store } = opened;
      const page = JSON.stringify({ messages: [...hopeless, ...kept], next_page_uri: null });
      const apiUrl = await serve(answer(200, page));
      const twilio = createTwilioApi({ apiUrl, onError: (error) => errors.push(error) });
      await store.accounts.save(account(accountSid), shop.authToken);
      const accounts = new Accounts(store, twilio, {
        gate: new SignInGate(new Limits(store)),
        onError: (error) => errors.push(error),
      });
      history = new History(store, twilio, accounts);
      const patience = { ...defaultPatience, indexLagMs: 0 };
      reconciliation = new Reconciliation(
        store,
        twilio,
        accounts,
        new Inquiries(store, twilio, accounts, patience),
      );
    });
    afterAll(() => opened.close());

    test("stop nothing, are kept as far as they can be read, change nothing twice and are reported now and then", async () => {
      const { store } = opened;
      expect(await history.readPage(accountSid)).toBe(false);
      const known = await store.messages.known(
        accountSid,
        [...kept, entry(11)].map((one) => one.sid),
      );
      expect(known).toEqual(new Set(kept.map((one) => one.sid)));
      expect(await store.messages.find(accountSid, sid(8))).toMatchObject({ errorCode: 30003 });
      await reconciliation.look(accountSid);
      const cursor = await store.events.cursor();
      const before = await store.messages.thread(
        accountSid,
        { twilioNumber: shopNumber, target: anna },
        { limit: 100 },
      );
      for (let look = 0; look < 5; look += 1) await reconciliation.look(accountSid);
      expect(await store.events.since(accountSid, cursor)).toEqual([]);
      expect(
        await store.messages.thread(accountSid, { twilioNumber: shopNumber, target: anna }, { limit: 100 }),
      ).toEqual(before);
      // Seven looks at five hopeless entries each.
      expect(errors).toHaveLength(6);
    });
  });
