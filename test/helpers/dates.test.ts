import { expect, test } from "vitest";
import { span } from "../../src/helpers/dates.ts";

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
