import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../../src/models/types.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  callback,
  draft,
  engines,
  openTestStore,
  signedIn,
  twilioMessage,
  type TestStore,
} from "../../support/stores.ts";

const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

for (const engine of engines)
  describe(`messages of our own on ${engine}`, () => {
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
      expect(await changes()).toEqual([{ kind: "changed", messageId: "form-1" }]);
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
      await store.messages.take(account, [{ ...accepted, answers: "form-1" }], "answer");
      await store.messages.take(account, [{ ...accepted, answers: "form-1" }], "answer");
      expect(await thread()).toEqual([{ ...message, sid: accepted.sid, status: "queued" }]);
      expect(await store.messages.inFlight(account)).toEqual([]);
    });

    test("a row that the webhook's or the poll's haste made is merged into ours, with the further status", async () => {
      const { message } = await store.messages.addPending(account, draft());
      const accepted = sent();
      await store.messages.take(
        account,
        [{ ...accepted, status: "undelivered", errorCode: 30005 }],
        "webhook",
      );
      await store.messages.take(account, [{ ...accepted, answers: "form-1" }], "answer");
      expect(await thread()).toEqual([
        { ...message, sid: accepted.sid, status: "undelivered", errorCode: 30005 },
      ]);
      expect((await changes()).slice(-2)).toEqual([
        { kind: "messageRemoved", messageId: accepted.sid },
        { kind: "changed", messageId: "form-1" },
      ]);
    });

    test("an answer for a message that is not there any more is not lost", async () => {
      const accepted = sent();
      await store.messages.take(account, [{ ...accepted, answers: "gone" }], "answer");
      expect(await thread()).toMatchObject([{ id: accepted.sid, sid: accepted.sid }]);
    });

    test("the log leaves alone what may be ours on its way, until its own send has claimed it", async () => {
      const { message } = await store.messages.addPending(account, draft());
      const others = [
        sent({ body: "Something else" }),
        sent({ at: new Date(message.at.getTime() - 61_000) }),
        sent({ twilioNumber: "+15550009999" }),
      ];
      const taken = await store.messages.take(account, [sent(), ...others], "log");
      expect(taken.map(({ outcome }) => outcome)).toEqual(["unchanged", "changed", "changed", "changed"]);
      await store.messages.mark(account, "form-1", "handed");
      await store.messages.mark(account, "form-1", "checking");
      expect(await store.messages.take(account, [sent()], "log")).toMatchObject([{ outcome: "unchanged" }]);
      await store.messages.mark(account, "form-1", "refused", { code: null, message: "No." });
      expect(await store.messages.take(account, [sent()], "log")).toMatchObject([{ outcome: "changed" }]);
      expect(await store.messages.find(account, "form-1")).toMatchObject({ sid: null, status: "refused" });
    });

    test("what the log did not have is claimed by the log when it has it after all", async () => {
      await store.messages.addPending(account, draft());
      for (const status of ["handed", "checking", "unconfirmed"] as const)
        expect(await store.messages.mark(account, "form-1", status)).toBe(true);
      const late = sent({ status: "delivered" });
      await store.messages.take(account, [late], "log");
      expect(await thread()).toMatchObject([{ id: "form-1", sid: late.sid, status: "delivered" }]);
    });

    test("a mark says whether it moved the message, and moves none that has a SID", async () => {
      await store.messages.addPending(account, draft());
      expect(await store.messages.mark(account, "form-1", "handed")).toBe(true);
      expect(await store.messages.mark(account, "form-1", "unsent")).toBe(false);
      expect(await store.messages.mark(account, "another", "handed")).toBe(false);
      await store.messages.mark(account, "form-1", "refused", { code: 21610, message: "Unsubscribed" });
      expect(await store.messages.find(account, "form-1")).toMatchObject({
        status: "refused",
        errorCode: 21610,
        errorMessage: "Unsubscribed",
      });
      await store.messages.take(account, [{ ...sent(), answers: "form-1" }], "answer");
      expect(await store.messages.mark(account, "form-1", "checking")).toBe(false);
      expect(await store.messages.find(account, "form-1")).toMatchObject({
        status: "queued",
        errorMessage: null,
      });
    });

    test("a refusal with 21610 opts the person out in the same commit", async () => {
      const { message } = await store.messages.addPending(account, draft());
      await store.messages.mark(account, "form-1", "handed");
      await store.messages.mark(account, "form-1", "refused", { code: 21610, message: "Unsubscribed" });
      expect(await store.conversations.find(account, pair)).toMatchObject({ optedOutAt: message.at });
    });

    test("Twilio's late answer wins over our having given up", async () => {
      await store.messages.addPending(account, draft());
      for (const status of ["handed", "checking", "unconfirmed"] as const)
        await store.messages.mark(account, "form-1", status);
      await store.messages.take(account, [{ ...sent(), answers: "form-1" }], "answer");
      expect(await thread()).toMatchObject([{ status: "queued", errorMessage: null }]);
    });

    test("a status callback moves forward only, and may tell of an opt-out", async () => {
      const message = sent();
      await store.messages.take(account, [message], "log");
      await store.messages.take(account, [callback(message, "failed", 21610)], "callback");
      await store.messages.take(account, [callback(message, "sent")], "callback");
      expect(await thread()).toMatchObject([{ status: "failed", errorCode: 21610 }]);
      expect(await changes()).toEqual([
        { kind: "changed", messageId: message.sid },
        { kind: "changed", messageId: message.sid },
        { kind: "conversation", ...pair },
      ]);
      expect(await store.conversations.find(account, pair)).toMatchObject({ optedOutAt: message.at });
    });

    test("callbacks for a SID that nobody knows wait for their message, the furthest of them", async () => {
      const [ours, theirs] = [sent(), sent({ body: "From elsewhere" })];
      for (const status of ["delivered", "sent"] as const)
        await store.messages.take(account, [callback(ours, status), callback(theirs, status)], "callback");
      expect(await thread()).toEqual([]);
      await store.messages.addPending(account, draft());
      await store.messages.take(account, [{ ...ours, answers: "form-1" }], "answer");
      await store.messages.take(account, [theirs], "log");
      expect(await thread()).toMatchObject([{ status: "delivered" }, { status: "delivered" }]);
    });

    test("in flight is what has no SID and no refusal, with whoever has it in hand", async () => {
      await store.messages.addPending(account, draft());
      await store.messages.addPending(account, draft({ id: "form-2" }));
      await store.messages.mark(account, "form-2", "handed");
      expect(await store.messages.inFlight(account)).toMatchObject([
        { id: "form-1", holder: "nobody", status: "pending" },
        { id: "form-2", holder: "nobody", status: "handed" },
      ]);
      await store.messages.mark(account, "form-2", "refused", { code: null, message: "No." });
      expect(await store.messages.inFlight(account)).toMatchObject([{ id: "form-1" }]);
    });

    test("unsettled are our messages short of a final state, those first that were not heard of for longest", async () => {
      const [queued, delivered] = [sent(), sent({ status: "delivered" })];
      await store.messages.take(
        account,
        [queued, delivered, twilioMessage({ status: "receiving" })],
        "webhook",
      );
      await store.messages.addPending(account, draft());
      const later = new Date(Date.now() + 1_000);
      expect(await store.messages.unsettled(account, new Date(0), 10)).toEqual([]);
      expect(await store.messages.unsettled(account, later, 10)).toMatchObject([{ sid: queued.sid }]);
      await store.messages.take(account, [callback(queued, "delivered", null)], "callback");
      expect(await store.messages.unsettled(account, later, 10)).toEqual([]);
    });
  });
