import { expect, test } from "vitest";
import { exactTime, shortTime, span } from "../../src/helpers/dates.ts";

const minute = 60_000;

test.each([
  [minute, "1 minute"],
  [20.4 * minute, "20 minutes"],
  [119 * minute, "119 minutes"],
  [120 * minute, "2 hours"],
  [24 * 60 * minute, "24 hours"],
  [48 * 60 * minute, "2 days"],
])("%i milliseconds are %s", (ms, words) => {
  expect(span(ms)).toBe(words);
});

const now = new Date("2026-11-25T12:00:00Z");

test.each([
  ["2026-11-25T11:59:30Z", "now"],
  ["2026-11-25T12:00:30Z", "now"],
  ["2026-11-25T11:59:00Z", "1 min"],
  ["2026-11-25T11:00:01Z", "59 min"],
  ["2026-11-25T11:00:00Z", "1 h"],
  ["2026-11-24T12:00:01Z", "23 h"],
  ["2026-11-24T12:00:00Z", "Nov 24"],
  ["2026-01-01T00:00:00Z", "Jan 1"],
  ["2025-12-31T23:59:59Z", "Dec 31, 2025"],
])("%s is “%s” in a list", (at, shown) => {
  expect(shortTime(new Date(at), now)).toBe(shown);
});

test("an exact time names its zone", () => {
  expect(exactTime(new Date("2026-11-03T14:05:00Z"))).toBe("Nov 3, 2026, 2:05 PM UTC");
});
