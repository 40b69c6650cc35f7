import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotFound } from "../../../src/models/errors.ts";
import { rank } from "../../../src/models/chat/messageStatus.ts";
import type { Change, MessageStatus } from "../../../src/models/types.ts";
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
  describe(`messages on ${engine}`, () => {
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

    async function changes(): Promise<Change[]> {
      return ((await store.events.since(account, 0)) ?? []).map(({ change }) => change);
    }
    const thread = () => store.messages.thread(account, pair, { limit: 100 });
    const lastBody = async () => (await store.conversations.find(account, pair))?.lastMessage?.body;

    test("the same message five times at once is one row and one unread", async () => {
      const message = twilioMessage();
      const answers = await Promise.all(
        (["webhook", "webhook", "log", "webhook", "history"] as const).map((source) =>
          store.messages.take(account, [message, message], source),
        ),
      );
      const outcomes = answers.flat().map(({ outcome }) => outcome);
      expect(outcomes).toEqual(["received", ...Array<string>(9).fill("unchanged")]);
      expect(await thread()).toEqual([{ ...message, id: message.sid, optOut: null, redacted: false }]);
      expect(await store.conversations.find(account, pair)).toEqual({
        ...pair,
        name: null,
        unread: 1,
        optedOutAt: null,
        lastMessage: { body: "Hello", direction: "inbound", numMedia: 0, status: "received", at: message.at },
      });
      expect(await changes()).toEqual([{ kind: "received", messageId: message.sid }]);
    });

    test("history is neither unread nor announced, and known messages in it change nothing", async () => {
      const message = twilioMessage();
      expect(await store.messages.take(account, [message], "history")).toMatchObject([
        { outcome: "changed" },
      ]);
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 0 });
      expect(await store.messages.take(account, [message], "webhook")).toMatchObject([
        { outcome: "unchanged" },
      ]);
      expect(await changes()).toEqual([]);
    });

    test("a status only moves forward, whatever comes in whatever order", async () => {
      const statuses = fc.constantFrom<MessageStatus>(
        "queued",
        "sending",
        "sent",
        "delivered",
        "failed",
        "read",
      );
      const steps = fc.array(
        fc.tuple(statuses, fc.constantFrom("log" as const, "history" as const, "callback" as const)),
        {
          minLength: 1,
          maxLength: 8,
        },
      );
      await fc.assert(
        fc.asyncProperty(steps, async (told) => {
          const message = twilioMessage({ direction: "outbound", status: "accepted" });
          await store.messages.take(account, [message], "webhook");
          await Promise.all(
            told.map(([status, how]) =>
              store.messages.take(
                account,
                [how === "callback" ? callback(message, status) : { ...message, status }],
                how,
              ),
            ),
          );
          const now = (await store.messages.find(account, message.sid))?.status ?? "accepted";
          expect(rank(now)).toBe(Math.max(...told.map(([status]) => rank(status))));
        }),
        { numRuns: 25 },
      );
    });

    test("what the log has redacted stays whole here, also where the conversation shows it", async () => {
      const message = twilioMessage({ numMedia: 1 });
      await store.messages.take(account, [message], "webhook");
      const redacted = { ...message, target: "+1555222XXXX", body: "", numMedia: 0 };
      const taken = await store.messages.take(account, [redacted], "log");
      expect(taken).toMatchObject([{ outcome: "unchanged" }]);
      expect(await lastBody()).toBe("Hello");
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 1 });
    });

    test("a webhook that comes after the log's redacted copy brings the text to its conversation", async () => {
      const message = twilioMessage();
      const masked = { twilioNumber: pair.twilioNumber, target: "+1555222XXXX" };
      await store.messages.take(account, [{ ...message, ...masked, body: "" }], "log");
      expect(await store.messages.find(account, message.sid)).toMatchObject({ ...masked, redacted: true });
      await store.messages.take(account, [message], "webhook");
      expect(await thread()).toMatchObject([{ body: "Hello", redacted: false }]);
      expect(await lastBody()).toBe("Hello");
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 1 });
      expect(await store.conversations.find(account, masked)).toBeUndefined();
    });

    test("a text of the log comes after ours of the same second, when the log has it so", async () => {
      const at = new Date(Math.floor(Date.now() / 1_000) * 1_000);
      const ours = twilioMessage({ direction: "outbound", status: "sent", at: new Date(at.getTime() + 700) });
      await store.messages.take(account, [ours], "webhook");
      const answer = twilioMessage({ at, body: "The answer" });
      await store.messages.take(account, [answer, { ...ours, at }], "log");
      expect(await thread()).toMatchObject([{ sid: ours.sid }, { sid: answer.sid }]);
    });

    test("texts whose webhooks overtook one another are put in the log's order", async () => {
      const at = new Date(Math.floor(Date.now() / 1_000) * 1_000);
      const after = (ms: number) => new Date(at.getTime() + ms);
      const [first, second] = [twilioMessage({ at: after(3_900) }), twilioMessage({ at: after(3_100) })];
      await store.messages.take(account, [second, first], "webhook");
      const logged = [
        { ...second, at: after(3_000) },
        { ...first, at },
      ];
      await store.messages.take(account, logged, "log");
      expect(await thread()).toMatchObject([
        { sid: first.sid, at: after(999) },
        { sid: second.sid, at: after(3_100) },
      ]);
    });

    test("the log's time of our own replaces ours only when they differ by more than five seconds", async () => {
      const ours = { direction: "outbound", status: "sent" } as const;
      const [near, far] = [twilioMessage(ours), twilioMessage(ours)];
      await store.messages.take(account, [near, far], "webhook");
      const earlier = new Date(far.at.getTime() - 6_000);
      const logged = [
        { ...near, at: new Date(near.at.getTime() - 4_900) },
        { ...far, at: earlier },
      ];
      await store.messages.take(account, logged, "log");
      expect(await thread()).toMatchObject([
        { sid: far.sid, at: earlier },
        { sid: near.sid, at: near.at },
      ]);
    });

    test("an error from the log is kept when a later look at the log leaves it out", async () => {
      const message = twilioMessage({ direction: "outbound", status: "sent" });
      await store.messages.take(account, [message], "webhook");
      await store.messages.take(
        account,
        [{ ...message, status: "failed", errorCode: 30003, errorMessage: "Unreachable" }],
        "log",
      );
      await store.messages.take(account, [{ ...message, status: "sent" }], "log");
      expect(await thread()).toMatchObject([
        { status: "failed", errorCode: 30003, errorMessage: "Unreachable" },
      ]);
    });

    test("the newest message is the conversation's last, however the messages arrive", async () => {
      const at = Date.now();
      const [first, second, third] = ["first", "second", "third"].map((body, index) =>
        twilioMessage({ body, at: new Date(at + index) }),
      ) as [
        ReturnType<typeof twilioMessage>,
        ReturnType<typeof twilioMessage>,
        ReturnType<typeof twilioMessage>,
      ];
      await store.messages.take(account, [second], "history");
      await store.messages.take(account, [first], "history");
      expect(await lastBody()).toBe("second");
      await store.messages.take(account, [third], "webhook");
      expect(await lastBody()).toBe("third");
      await store.messages.remove(account, third.sid);
      expect(await lastBody()).toBe("second");
    });

    test("a removed message takes its place among the unread with it, and the last one leaves nothing", async () => {
      const [read, unread] = [twilioMessage(), twilioMessage({ at: new Date(Date.now() + 1) })];
      await store.messages.take(account, [read], "webhook");
      await store.conversations.markRead(account, pair);
      await store.messages.take(account, [unread], "webhook");
      await store.messages.remove(account, read.sid);
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 1 });
      await store.messages.remove(account, unread.sid);
      await store.messages.remove(account, unread.sid);
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 0, lastMessage: null });
      expect((await changes()).slice(-2)).toEqual([
        { kind: "messageRemoved", messageId: unread.sid },
        { kind: "conversation", ...pair },
      ]);
    });

    test("one message that cannot be stored does not keep the others at the same time from being stored", async () => {
      const [good, bad, alsoGood] = [twilioMessage(), twilioMessage({ at: new Date(NaN) }), twilioMessage()];
      const stranger = `AC${"0".repeat(32)}`;
      const answers = await Promise.allSettled([
        store.messages.take(account, [good], "webhook"),
        store.messages.take(account, [bad], "webhook"),
        store.messages.take(stranger, [twilioMessage()], "webhook"),
        store.messages.take(account, [alsoGood], "webhook"),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
      expect((answers[2] as PromiseRejectedResult).reason).toBeInstanceOf(NotFound);
      expect(await store.messages.known(account, [good.sid, bad.sid, alsoGood.sid])).toEqual(
        new Set([good.sid, alsoGood.sid]),
      );
      expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 2 });
    });

    test("any text can be stored, also what PostgreSQL has no way to hold", async () => {
      const bodies = ["a\0b", "👩‍👩‍👧‍👦", "'; drop table messages; --", "x".repeat(1600), ""];
      const messages = bodies.map((body, index) => twilioMessage({ body, at: new Date(1e12 + index) }));
      await store.messages.take(account, messages, "webhook");
      const again = await store.messages.take(account, messages, "log");
      expect(again.map(({ outcome }) => outcome)).toEqual(bodies.map(() => "unchanged"));
      expect((await thread()).map(({ body }) => body)).toEqual(["a\ufffdb", ...bodies.slice(1)]);
    });

    test("a thread pages backwards through messages of the same moment without losing one", async () => {
      const at = new Date(1e12);
      const messages = Array.from({ length: 25 }, () => twilioMessage({ at }));
      await store.messages.take(account, messages, "history");
      const seen: string[] = [];
      for (let page = await store.messages.thread(account, pair, { limit: 10 }); page.length > 0;) {
        seen.unshift(...page.map(({ id }) => id));
        const before = page[0];
        page = await store.messages.thread(account, pair, { limit: 10, before });
      }
      expect(seen).toEqual(messages.map(({ sid }) => sid).sort());
    });

    test("between finds messages with a SID from the first moment to the last", async () => {
      const messages = [0, 1, 2, 3].map((ms) => twilioMessage({ at: new Date(1e12 + ms) }));
      await store.messages.take(account, messages.toReversed(), "history");
      await store.messages.addPending(account, draft({ id: "own", at: new Date(1e12 + 1) }));
      const found = await store.messages.between(account, new Date(1e12 + 1), new Date(1e12 + 2));
      expect(found.map(({ sid }) => sid)).toEqual([messages[1]?.sid, messages[2]?.sid]);
    });

    test("a page of history larger than one statement arrives whole", async () => {
      const messages = Array.from({ length: 1_000 }, (_, index) =>
        twilioMessage({ target: `+1555${1_000_000 + (index % 300)}`, at: new Date(1e12 + index) }),
      );
      const recorded = await store.messages.take(account, messages, "history");
      expect(recorded.map(({ message }) => message?.sid)).toEqual(messages.map(({ sid }) => sid));
      expect(await store.conversations.list(account, pair.twilioNumber, { limit: 400 })).toHaveLength(300);
      expect(
        (
          await store.messages.known(
            account,
            messages.map(({ sid }) => sid),
          )
        ).size,
      ).toBe(1_000);
    });
  });
