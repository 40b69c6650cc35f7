import { expect, test } from "vitest";
import { mayBeOurs, soonest } from "../../../src/models/chat/ours.ts";
import type { Told } from "../../../src/models/chat/told.ts";
import { ours, outbound } from "../../support/messages.ts";

const at = new Date(1e12);

test.each<[string, boolean, Partial<Told>]>([
  ["with the same ends and words", true, {}],
  ["without a readable time", true, { at: null }],
  ["much younger", true, { at: new Date(2e12) }],
  ["that came in", false, { direction: "inbound" }],
])("an entry of the log %s may be ours whose answer was lost: %s", (_, isOne, change) => {
  expect(mayBeOurs(ours({ status: "checking", at }), outbound({ at, ...change }))).toBe(isOne);
});

test("ours that has a SID is no other entry of the log", () => {
  const answered = ours({ status: "checking", at, sid: `SM${"1".repeat(32)}` });
  expect(mayBeOurs(answered, outbound({ at }))).toBe(false);
});

test("the log is asked from fifteen seconds before the message on", () => {
  expect(soonest({ at })).toEqual(new Date(1e12 - 15_000));
});
