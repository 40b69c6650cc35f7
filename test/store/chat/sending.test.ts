import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../../src/models/types.ts";
import type { ParleyStore } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const webhook = { source: "webhook", unread: true, announce: true } as const;
const log = { source: "log", unread: true, announce: true } as const;
const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

for (const engine of engines)
  describe(`messages of our own on ${engine}`, () => {
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

    const draft = (change = {}) => ({ ...pair, id: "form-1", body: "Hi", at: new Date(), ...change });
    const sent = (change = {}) => twilioMessage({ direction: "outbound", body: "Hi", ...change });
    const thread = () => store.messages.thread(account, pair, { limit: 100 });
    async function changes(): Promise<Change[]> {
      return ((await store.events.since(account, 0)) ?? []).map(({ change }) => change);
    }

    test("the same form five times at once is one message", async () => {
      const added = await Promise.all(
        Array.from({ length: 5 }, () => store.messages.addPending(account, draft())),
      );
      expect(added.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(added.map(({ message }) => message.id))).toEqual(new Set(["form-1"]));
      expect(await thread()).toMatchObject([{ id: "form-1", sid: null, status: "pending", body: "Hi" }]);
      expect(await changes()).toEqual([{ kind: "message", messageId: "form-1" }]);
      expect(await store.conversations.find(account, pair)).toMatchObject({
        unread: 0,
        lastMessage: { body: "Hi", direction: "outbound" },
      });
    });

    test("the same form id of two accounts is two messages", async () => {
      const other = await signedIn(store);
      await store.messages.addPending(account, draft());
      expect(await store.messages.addPending(other, draft({ body: "Theirs" }))).toMatchObject({
        created: true,
      });
      expect(await thread()).toMatchObject([{ body: "Hi" }]);
    });

    test("what Twilio accepts keeps its id and place and takes the SID", async () => {
      const { message } = await store.messages.addPending(account, draft());
      const accepted = sent({ at: new Date(message.at.getTime() - 900) });
      await store.messages.accept(account, "form-1", accepted);
      await store.messages.accept(account, "form-1", accepted);
      expect(await thread()).toEqual([{ ...message, sid: accepted.sid, status: "queued" }]);
      expect(await store.messages.inFlight(account)).toEqual([]);
    });

    test("a row that the webhook's or the poll's haste made is merged into ours, with the further status", async () => {
      const { message } = await store.messages.addPending(account, draft());
      const accepted = sent();
      await store.messages.record(
        account,
        [{ ...accepted, status: "undelivered", errorCode: 30005 }],
        webhook,
      );
      await store.messages.accept(account, "form-1", accepted);
      expect(await thread()).toEqual([
        { ...message, sid: accepted.sid, status: "undelivered", errorCode: 30005 },
      ]);
      expect((await changes()).slice(-2)).toEqual([
        { kind: "messageRemoved", messageId: accepted.sid },
        { kind: "message", messageId: "form-1" },
      ]);
    });

    test("an answer for a message that is not there any more is not lost", async () => {
      const accepted = sent();
      await store.messages.accept(account, "gone", accepted);
      expect(await thread()).toMatchObject([{ id: accepted.sid, sid: accepted.sid }]);
    });

    test("the log leaves alone what may be ours on its way, until its own send has claimed it", async () => {
      const { message } = await store.messages.addPending(account, draft());
      const prefixed = sent({ body: "Sent from your Twilio trial account - Hi" });
      const others = [
        sent({ body: "Something else" }),
        sent({ at: new Date(message.at.getTime() - 61_000) }),
        sent({ twilioNumber: "+15550009999" }),
      ];
      const recorded = await store.messages.record(account, [sent(), prefixed, ...others], log);
      expect(recorded.map(({ outcome }) => outcome)).toEqual([
        "unchanged",
        "unchanged",
        "added",
        "added",
        "added",
      ]);
      await store.messages.mark(account, "form-1", "checking");
      expect(await store.messages.record(account, [prefixed], log)).toMatchObject([{ outcome: "unchanged" }]);
      await store.messages.mark(account, "form-1", "refused", { code: null, message: "No." });
      expect(await store.messages.record(account, [prefixed], log)).toMatchObject([{ outcome: "added" }]);
    });

    test("a mark moves a message without a SID anywhere, and one with a SID nowhere", async () => {
      await store.messages.addPending(account, draft());
      await store.messages.mark(account, "form-1", "refused", { code: 21610, message: "Unsubscribed" });
      expect(await store.messages.find(account, "form-1")).toMatchObject({
        status: "refused",
        errorCode: 21610,
        errorMessage: "Unsubscribed",
      });
      await store.messages.mark(account, "form-1", "checking");
      expect(await store.messages.find(account, "form-1")).toMatchObject({
        status: "checking",
        errorCode: null,
      });
      await store.messages.accept(account, "form-1", sent());
      await store.messages.mark(account, "form-1", "refused", { code: null, message: "Never confirmed" });
      expect(await store.messages.find(account, "form-1")).toMatchObject({
        status: "queued",
        errorMessage: null,
      });
    });

    test("Twilio's late answer wins over our having given up", async () => {
      await store.messages.addPending(account, draft());
      await store.messages.mark(account, "form-1", "refused", { code: null, message: "Never confirmed" });
      await store.messages.accept(account, "form-1", sent());
      expect(await thread()).toMatchObject([{ status: "queued", errorMessage: null }]);
    });

    test("a status callback moves forward only and says when it does not know the SID", async () => {
      const message = sent();
      expect(await store.messages.advance(account, message.sid, "sent", null)).toBe(false);
      await store.messages.record(account, [message], webhook);
      expect(await store.messages.advance(account, message.sid, "failed", 30003)).toBe(true);
      expect(await store.messages.advance(account, message.sid, "sent", null)).toBe(true);
      expect(await thread()).toMatchObject([{ status: "failed", errorCode: 30003 }]);
      expect(await changes()).toEqual([
        { kind: "message", messageId: message.sid },
        { kind: "message", messageId: message.sid },
      ]);
    });

    test("in flight is what has no SID and no refusal, of one account or of all", async () => {
      const other = await signedIn(store);
      await store.messages.addPending(account, draft());
      await store.messages.addPending(account, draft({ id: "form-2" }));
      await store.messages.addPending(other, draft());
      await store.messages.mark(account, "form-2", "refused", { code: null, message: "No." });
      expect(await store.messages.inFlight(account)).toMatchObject([{ id: "form-1", accountSid: account }]);
      const all = (await store.messages.inFlight()).filter(({ accountSid }) =>
        [account, other].includes(accountSid),
      );
      expect(all).toHaveLength(2);
    });

    test("unsettled are our messages short of a final state, those first that were not heard of for longest", async () => {
      const [queued, delivered] = [sent(), sent({ status: "delivered" })];
      await store.messages.record(
        account,
        [queued, delivered, twilioMessage({ status: "receiving" })],
        webhook,
      );
      await store.messages.addPending(account, draft());
      const later = new Date(Date.now() + 1_000);
      expect(await store.messages.unsettled(account, new Date(0), 10)).toEqual([]);
      expect(await store.messages.unsettled(account, later, 10)).toMatchObject([{ sid: queued.sid }]);
      await store.messages.advance(account, queued.sid, "delivered", null);
      expect(await store.messages.unsettled(account, later, 10)).toEqual([]);
    });
  });
