import { expect, test } from "vitest";
import { messagePrices, priceOf } from "../../../src/sandbox/world/prices.ts";
import { anna, londonNumber, shopNumber } from "../../support/people.ts";
import { messageOf } from "./worlds.ts";

const out = { direction: "outbound-api", from: shopNumber, status: "sent" } as const;

test.each([
  ["a segment to the United States", { ...out, to: anna, numSegments: 1 }, "-0.00830"],
  ["three segments to the United States", { ...out, to: anna, numSegments: 3 }, "-0.02490"],
  ["a segment to Great Britain", { ...out, to: londonNumber, numSegments: 1 }, "-0.05240"],
  ["a segment to where no price is known", { ...out, to: "+358451234567", numSegments: 1 }, "-0.07500"],
  ["a segment to an address of no country", { ...out, to: "whatsapp:+1", numSegments: 1 }, "-0.00830"],
  ["a reply", { ...out, direction: "outbound-reply" as const, to: anna, numSegments: 1 }, "-0.00830"],
  ["a text that came to London", { to: londonNumber, numSegments: 2 }, "-0.01500"],
  ["a picture, however long its words", { ...out, to: anna, numSegments: 3, numMedia: 1 }, "-0.02200"],
  ["ten pictures in one message", { ...out, to: anna, numMedia: 10 }, "-0.02200"],
  ["a picture that came in", { to: shopNumber, numMedia: 1 }, "-0.01650"],
])("%s costs a negative amount with five decimals", (_what, draft, price) => {
  expect(priceOf(messageOf(draft))).toBe(price);
});

test.each(["failed", "canceled"])("a message that has %s costs nothing", (status) => {
  expect(priceOf(messageOf({ ...out, to: anna, status }))).toBeNull();
});

test("a message that the carrier has not delivered costs as any other", () => {
  expect(priceOf(messageOf({ ...out, to: anna, status: "undelivered" }))).toBe("-0.00830");
});

test("what a country's texts cost is what its messages are billed with", () => {
  const { outbound } = messagePrices("DE");
  const message = messageOf({ ...out, to: "+4915112345678", numSegments: 1 });
  expect(Number(priceOf(message))).toBe(-outbound);
});
