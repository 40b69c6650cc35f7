import { expect, test } from "vitest";
import { exactTime, shortTime } from "../../src/helpers/dates.ts";

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
