import fc from "fast-check";
import { expect, test } from "vitest";
import type { Source, Told } from "../../../src/models/chat/told.ts";
import type { Message, MessageStatus } from "../../../src/models/types.ts";
import { Ledger } from "../../support/ledger.ts";
import { inbound, ours, outbound, pair } from "../../support/messages.ts";

type Telling = [told: Told, source: Source];

const bodies = ["Hello", "STOP", "START", "ARRET", "Is it there?"];
const way: MessageStatus[] = ["queued", "sending", "sent"];
const ends: MessageStatus[] = ["delivered", "undelivered", "failed"];

/** A text to us, and every way in which Twilio may tell of it. */
const texts = fc
  .record({
    body: fc.constantFrom(...bodies),
    second: fc.nat(600),
    delayMs: fc.nat(4_000),
    masks: fc.boolean(),
  })
  .map(({ body, second, delayMs, masks }) => {
    const at = new Date(1e12 + second * 1_000);
    const logged = inbound({ body, at });
    const webhook: Told = {
      ...logged,
      at: new Date(at.getTime() + delayMs),
      ...(body === "ARRET" ? { optOutType: "STOP" as const } : {}),
    };
    const redacted: Told = { ...logged, body: "", target: "+1555222XXXX" };
    const last: Telling = [masks ? redacted : logged, "log"];
    return {
      second,
      own: [] as Message[],
      tellings: [[webhook, "webhook"], [logged, "log"], last] as Telling[],
      last,
    };
  });

/** One of ours, or of another system with the same account, from its queue to its end. */
const sends = fc
  .record({
    body: fc.constantFrom("Hi", "Hi again"),
    second: fc.nat(600),
    end: fc.constantFrom(...ends),
    errorCode: fc.constantFrom(null, 30003, 21610),
    isOurs: fc.boolean(),
  })
  .map(({ body, second, end, errorCode, isOurs }) => {
    const at = new Date(1e12 + second * 1_000);
    const told = outbound({ body, at });
    const own = isOurs ? [ours({ id: `form ${told.sid}`, body, at, status: "handed" })] : [];
    const states: Told[] = [
      ...way.map((status) => ({ ...told, status })),
      { ...told, status: end, errorCode: end === "delivered" ? null : errorCode },
    ];
    const last: Telling = [states.at(-1) ?? told, "log"];
    const answer: Telling[] = own.map(({ id }) => [{ ...told, answers: id }, "answer"]);
    const callbacks = states.map((state): Telling => [{ ...state, body: null }, "callback"]);
    const logs = states.map((state): Telling => [state, "log"]);
    return { second, own, tellings: [...answer, ...callbacks, ...logs], last };
  });

/** The same tellings in two orders, each as often as it likes. */
// Twilio's times are whole seconds: of two texts of one second only the log's own order tells which came first.
const days = fc
  .uniqueArray(fc.oneof(texts, sends), { minLength: 1, maxLength: 5, selector: ({ second }) => second })
  .chain((things) => {
    const all = things.flatMap(({ tellings }) => tellings);
    const order = () =>
      fc
        .tuple(
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.array(fc.constantFrom(...all), { maxLength: 8 }),
        )
        .map(([once, again]) => [...once, ...again]);
    return fc.tuple(fc.constant(things), order(), order());
  });

function after(things: { own: Message[]; last: Telling }[], tellings: Telling[]): object {
  const ledger = new Ledger(...things.flatMap(({ own }) => own));
  for (const [told, source] of tellings) ledger.take(told, source);
  // In the end the log is read once more, as every round of the synchronizer does.
  for (const [told, source] of things.map(({ last }) => last)) ledger.take(told, source);
  const toSecond = (at: Date) => Math.floor(at.getTime() / 1_000);
  return {
    messages: ledger
      .thread()
      .map((message) => ({ ...message, at: toSecond(message.at) }))
      .sort(bySid),
    unread: Object.fromEntries([...ledger.unread].filter(([, unread]) => unread > 0)),
    optedOut: ledger.optedOutAt(pair) !== null,
    waiting: ledger.waiting.size,
  };
}

function bySid(a: { sid: string | null }, b: { sid: string | null }): number {
  return (a.sid ?? "") < (b.sid ?? "") ? -1 : 1;
}

test("any order, any repetition and any mixture of doors ends in the same state", () => {
  fc.assert(
    fc.property(days, ([things, one, other]) => {
      expect(after(things, one)).toEqual(after(things, other));
    }),
    { numRuns: 300 },
  );
});

test("every message is there once, whole, with its end, and every text to us is unread once", () => {
  fc.assert(
    fc.property(days, ([things, tellings]) => {
      const { messages, unread, waiting } = after(things, tellings) as {
        messages: Message[];
        unread: Record<string, number>;
        waiting: number;
      };
      expect(messages.map(({ sid }) => sid)).toEqual(things.map(({ last }) => last[0].sid).sort());
      for (const { last } of things) {
        const message = messages.find(({ sid }) => sid === last[0].sid);
        expect(message).toMatchObject({ status: last[0].status, errorCode: last[0].errorCode, ...pair });
        expect(message?.redacted).toBe(false);
        expect(message?.body).not.toBe("");
      }
      const texts = things.filter(({ last }) => last[0].direction === "inbound").length;
      expect(Object.values(unread)).toEqual(texts > 0 ? [texts] : []);
      expect(waiting).toBe(0);
    }),
    { numRuns: 300 },
  );
});
