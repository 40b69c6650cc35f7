import { expect, test } from "vitest";
import { beginningOf, firstSign } from "../../src/helpers/signs.ts";

test.each([
  ["Anna", "A"],
  ["  éa", "é"],
  ["e\u0301a", "e\u0301"],
  ["🇸🇪 Anna", "🇸🇪"],
  ["👨‍👩‍👧 Family", "👨‍👩‍👧"],
  ["👍🏽 ok", "👍🏽"],
  ["", undefined],
  ["   ", undefined],
])("%s begins with %s", (text, sign) => {
  expect(firstSign(text)).toBe(sign);
});

test.each([
  ["abcdef", 3, "abc"],
  ["abc", 3, "abc"],
  ["a👨‍👩‍👧b", 3, "a"],
  ["ab🇸🇪", 4, "ab"],
])("of %s with at most %i there is %s", (text, longest, beginning) => {
  expect(beginningOf(text, longest)).toBe(beginning);
});
