import { expect, test } from "vitest";
import { excerptOf } from "../../../src/models/chat/excerpt.ts";
import { parseSearch } from "../../../src/models/chat/searchQuery.ts";

/** With what was found in brackets. */
const excerpt = (text: string, typed: string) =>
  excerptOf(text, parseSearch(typed))
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join("");

test.each([
  ["The parcel has arrived", "parc", "The [parcel] has arrived"],
  ["José, see you", "jose", "[José], see you"],
  ["On my way, on MY way!", '"on my way"', "[On my way], [on MY way]!"],
  ["Ring 501-208-0947 now", "+1 501 208 0947", "Ring [501-208-0947] now"],
  ["東京都", "京都", "東[京都]"],
  ["<b>&", "nothing", "<b>&"],
  ["", "nothing", ""],
])("of %s for %s", (text, typed, expected) => {
  expect(excerpt(text, typed)).toBe(expected);
});

test("a long text is cut around what was found, at a word", () => {
  const text = `${"word ".repeat(60)}needle ${"word ".repeat(60)}`;
  const shown = excerpt(text, "needle");
  expect(shown).toMatch(/^…word .*\[needle\] word.*…$/);
  expect(shown.length).toBeLessThan(170);
});

test("no sign is cut in half", () => {
  const shown = excerpt(`${"😀".repeat(200)} needle ${"😀".repeat(200)}`, "needle");
  expect(shown).toContain("[needle]");
  expect(shown.isWellFormed()).toBe(true);
});
