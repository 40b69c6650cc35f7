import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  marksInOrder,
  optedOutSince,
  withEffect,
  type OptOutMark,
} from "../../../src/models/chat/optOuts.ts";
import type { OptOutEffect } from "../../../src/models/types.ts";
import { ours, pair } from "../../support/messages.ts";

const [shop, support] = ["+15550001111", "+15550002222"] as const;
const ann = pair.target;
const service = `MG${"5".repeat(32)}`;
const none = () => null;
const at = (seconds: number) => new Date(seconds * 1_000);

function mark(optOut: OptOutEffect, seconds: number, change: Partial<OptOutMark> = {}): OptOutMark {
  return { id: `SM${seconds}`, at: at(seconds), ...pair, serviceSid: null, optOut, ...change };
}

describe("what a message does to its person's opt-out", () => {
  const text = (body: string, optOutType?: "STOP" | "START" | "HELP") =>
    withEffect(ours({ direction: "inbound", body }), optOutType ? { optOutType } : {}).optOut;

  test.each([
    ["STOP", "stop"],
    [" unsubscribe ", "stop"],
    ["start", "start"],
    ["HELP", null],
    ["stop please", null],
  ])("%j by its words: %s", (body, effect) => {
    expect(text(body)).toBe(effect);
  });

  test("is what Advanced Opt-Out heard, whatever the words", () => {
    expect(text("ARRET", "STOP")).toBe("stop");
    expect(text("JOIN", "START")).toBe("start");
    expect(text("STOP", "HELP")).toBeNull();
  });

  test("stays what a webhook told when the log, which knows of no type, tells of it again", () => {
    expect(withEffect(ours({ direction: "inbound", body: "ARRET", optOut: "stop" }), {}).optOut).toBe("stop");
  });

  test("is a refusal with 21610 and no other", () => {
    expect(withEffect(ours({ errorCode: 21610 }), {}).optOut).toBe("refused");
    expect(withEffect(ours({ errorCode: 21211, body: "STOP" }), {}).optOut).toBeNull();
  });
});

describe("since when somebody is opted out", () => {
  const since = (marks: OptOutMark[], serviceOf: (number: string) => string | null = none) =>
    optedOutSince(pair, marksInOrder(ann, marks), serviceOf);

  test("is the first STOP after the last START, in whatever order they become known", () => {
    const marks = [mark("stop", 1), mark("start", 2), mark("stop", 3), mark("refused", 4), mark("stop", 5)];
    fc.assert(
      fc.property(fc.shuffledSubarray(marks, { minLength: 5 }), (shuffled) => {
        expect(since(shuffled)).toEqual(at(3));
      }),
    );
    expect(since([...marks, mark("start", 6)])).toBeNull();
    expect(since([])).toBeNull();
  });

  test("takes five marks of a pair, and is what all of them say", () => {
    const effect = fc.constantFrom<OptOutEffect>("stop", "start", "refused");
    const end = fc.constantFrom(pair, { ...pair, twilioNumber: support }, { ...pair, target: `rcs:${ann}` });
    const marked = fc.array(fc.tuple(effect, end, fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(marked, (facts) => {
        const marks = facts.map(([optOut, ends, isService], index) =>
          mark(optOut, index, { ...ends, serviceSid: isService ? service : null }),
        );
        expect(marksInOrder(ann, marks).length).toBeLessThanOrEqual(5 * 3 * 2);
        for (const here of [pair, { ...pair, target: `rcs:${ann}` }])
          expect(optedOutSince(here, marksInOrder(ann, marks), none) === null).toBe(
            optedOutSince(here, marks, none) === null,
          );
      }),
    );
  });

  test("is each number's own matter", () => {
    expect(since([mark("stop", 1, { twilioNumber: support })])).toBeNull();
    expect(since([mark("stop", 1, { target: "+15559998888" })])).toBeNull();
    expect(since([mark("stop", 1), mark("start", 2, { twilioNumber: support })])).toEqual(at(1));
  });

  test("is one for all numbers of a Messaging Service", () => {
    const serviceOf = (number: string) => (number === shop || number === support ? service : null);
    const stop = mark("stop", 1, { twilioNumber: support, serviceSid: service });
    expect(since([stop], serviceOf)).toEqual(at(1));
    expect(since([stop, mark("start", 2)], serviceOf)).toBeNull();
    expect(since([{ ...stop, serviceSid: `MG${"6".repeat(32)}` }], serviceOf)).toBeNull();
    expect(since([stop], none)).toBeNull();
  });

  test("a refusal without a STOP here ends with the person's START to any number", () => {
    const start = mark("start", 2, { twilioNumber: support });
    expect(since([mark("refused", 1)])).toEqual(at(1));
    expect(since([mark("refused", 1), start])).toBeNull();
    expect(since([mark("refused", 0), mark("stop", 1), start])).toEqual(at(0));
    expect(since([mark("refused", 1), mark("start", 2, { target: "+15559998888" })])).toEqual(at(1));
  });

  test("is one for telephone and RCS, and WhatsApp's own", () => {
    const rcs = { twilioNumber: "rcs:walnut_agent", target: `rcs:${ann}` };
    const whatsapp = { twilioNumber: "whatsapp:+14155238886", target: `whatsapp:${ann}` };
    expect(since([mark("stop", 1, rcs)])).toEqual(at(1));
    expect(optedOutSince(rcs, [mark("stop", 1)], none)).toEqual(at(1));
    expect(since([mark("stop", 1, rcs), mark("start", 2)])).toBeNull();
    expect(since([mark("stop", 1, whatsapp)])).toBeNull();
    expect(optedOutSince(whatsapp, [mark("stop", 1), mark("stop", 2, rcs)], none)).toBeNull();
    expect(optedOutSince(whatsapp, [mark("stop", 1, whatsapp)], none)).toEqual(at(1));
  });
});
