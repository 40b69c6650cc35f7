import { expect, test } from "vitest";
import { mayBeOurs, soonest } from "../../../src/models/chat/ours.ts";
import type { Told } from "../../../src/models/chat/told.ts";
import type { Message, MessageStatus } from "../../../src/models/types.ts";
import { ours, outbound } from "../../support/messages.ts";

const at = new Date(1e12);
const ms = (count: number) => new Date(1e12 + count);
const message = (change: Partial<Message> = {}) => ours({ status: "checking", at, ...change });

test.each<[string, boolean, Partial<Told>]>([
  ["with the same ends and words", true, {}],
  ["fifteen seconds older, which clocks may differ by", true, { at: ms(-15_000) }],
  ["older than that", false, { at: ms(-15_001) }],
  ["much younger", true, { at: ms(86_400_000) }],
  ["without a time", true, { at: null }],
  ["from another Twilio number", false, { twilioNumber: "+15550009999" }],
  ["to somebody else", false, { target: "+15552224444" }],
  ["with other words", false, { body: "Hi!" }],
  ["that came in", false, { direction: "inbound" }],
])("an entry of the log %s may be it: %s", (_, isOne, change) => {
  expect(mayBeOurs(message(), outbound({ at, ...change }))).toBe(isOne);
});

test.each<[MessageStatus, boolean]>([
  ["pending", true],
  ["handed", true],
  ["checking", true],
  ["unconfirmed", true],
  ["refused", false],
  ["unsent", false],
])("ours that is %s may be one of the log: %s", (status, isOne) => {
  expect(mayBeOurs(message({ status }), outbound({ at }))).toBe(isOne);
});

test("ours that has a SID is no other entry of the log", () => {
  expect(mayBeOurs(message({ sid: `SM${"1".repeat(32)}` }), outbound({ at }))).toBe(false);
});

test("the log is asked from fifteen seconds before the message on", () => {
  expect(soonest({ at })).toEqual(ms(-15_000));
});
