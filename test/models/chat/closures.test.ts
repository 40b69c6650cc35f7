import { expect, test } from "vitest";
import { closureOf } from "../../../src/models/chat/closures.ts";
import type { Conversation } from "../../../src/models/types.ts";

const conversation = (change: Partial<Conversation> = {}): Conversation => ({
  twilioNumber: "+15014434496",
  target: "+15012080731",
  name: null,
  lastMessage: null,
  unread: 0,
  optedOutAt: null,
  ...change,
});

test.each([
  ["a phone number", "+15014434496", "+15012080731"],
  ["WhatsApp under a WhatsApp sender", "whatsapp:+14155238886", "whatsapp:+15012080731"],
  ["RCS under an RCS sender", "rcs:walnut_agent", "rcs:+15012080731"],
  ["a phone number under a short code", "72345", "+15012080731"],
])("%s can be written to", (_, twilioNumber, target) => {
  expect(closureOf(conversation({ twilioNumber, target }))).toBeUndefined();
});

test.each([
  ["MYBANK", "+15014434496", "MYBANK", /MYBANK.*name, not a number/],
  ["72345", "+15014434496", "72345", /short code/],
  ["a masked number", "+15014434496", "+1501208XXXX", /removed this person's number/],
  ["WhatsApp under a phone number", "+15014434496", "whatsapp:+15012080731", /on whatsapp.*does not reach/],
  ["a phone number under WhatsApp", "whatsapp:+14155238886", "+15012080731", /on the telephone network/],
])("%s cannot be answered, and why is said", (_, twilioNumber, target, sentence) => {
  expect(closureOf(conversation({ twilioNumber, target }))).toMatchObject({
    kind: "unanswerable",
    sentence: expect.stringMatching(sentence) as string,
  });
});

test("somebody who has opted out must text START first", () => {
  expect(closureOf(conversation({ optedOutAt: new Date() }))).toMatchObject({ kind: "opted-out" });
});
