import { expect, test } from "vitest";
import { bodyOf, normalized, plainText } from "../../../src/models/chat/told.ts";
import { inbound, outbound } from "../../support/messages.ts";

const trial = "Sent from your Twilio trial account - ";

test.each([
  ["NUL, which PostgreSQL has no way to hold", "a\0b\0", "a\ufffdb\ufffd"],
  ["the first half of a sign alone", "a\ud83d", "a\ufffd"],
  ["the second half alone", "\ude00b", "\ufffdb"],
  ["a whole sign of two halves", "😀", "😀"],
])("%s: %j becomes %j", (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test.each([
  ["a\r\nb", "a\nb"],
  ["a\rb", "a\nb"],
  ["a\n\rb", "a\n\nb"],
  ["a\r\r\nb", "a\n\nb"],
  ["\r", "\n"],
])("the lines of %j end as in %j", (text, kept) => {
  expect(bodyOf(text)).toBe(kept);
});

test("what is told is made plain in every text, and a body that is not told stays untold", () => {
  const told = normalized(inbound({ body: null, errorMessage: "\0", twilioNumber: "+1\0", target: "a\0" }));
  expect(told).toMatchObject({
    body: null,
    errorMessage: "\ufffd",
    twilioNumber: "+1\ufffd",
    target: "a\ufffd",
  });
  expect(normalized(inbound({ errorMessage: null })).errorMessage).toBeNull();
});

test("Twilio's sentence before a trial account's texts is left out of ours only, and only at the beginning", () => {
  expect(normalized(outbound({ body: `${trial}Hi` })).body).toBe("Hi");
  expect(normalized(outbound({ body: trial })).body).toBe("");
  expect(normalized(outbound({ body: `Hi ${trial}` })).body).toBe(`Hi ${trial}`);
  expect(normalized(inbound({ body: `${trial}Hi` })).body).toBe(`${trial}Hi`);
});

test("told once more, it is the same", () => {
  const told = normalized(outbound({ body: `${trial}a\r\nb\0`, errorMessage: "\ud83d" }));
  expect(normalized(told)).toEqual(told);
});
