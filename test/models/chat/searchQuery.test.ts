import { expect, test } from "vitest";
import { isEmpty, parseSearch } from "../../../src/models/chat/searchQuery.ts";

const phrase = (text: string) => ({
  words: text.replace("*", "").split(" "),
  isPrefix: text.endsWith("*"),
});
const found = (...phrases: string[]) => phrases.map((text) => [phrase(text)]);

test.each([
  ["parcel arr", found("parcel", "arr*")],
  ["on my ", found("on", "my")],
  ["del* x", found("del*", "x")],
  ["parcel de", found("parcel", "de")],
  ['"on my way"', found("on my way")],
  ['"on my way*"', found("on my way*")],
  ['"never closed', found("never closed")],
  ["don't", found("don t")],
  ["Núñez", found("nunez*")],
  ["http://a.b", found("http a b")],
  ["!!!", []],
])("%s", (typed, all) => {
  expect(parseSearch(typed)).toMatchObject({ all, none: [], faults: [] });
});

test("words are looked for as they are before their beginnings are", () => {
  expect(parseSearch("parcel del* tomo").precise).toEqual(found("parcel", "del*", "tomo"));
});

test("what must not be there follows a minus", () => {
  const query = parseSearch('parcel -late -"no way" -from:x');
  expect(query.none).toEqual([phrase("late"), phrase("no way"), phrase("from x")]);
  expect(query.from).toEqual([]);
});

test.each([
  ["07400 123456", "GB"],
  ["+44 7400 123456", undefined],
  ["0044 7400 123456", undefined],
  ["+44 (0)7400 123456", undefined],
])("a number is one thing, however it is written: %s", (typed, country) => {
  const [forms = [], ...rest] = parseSearch(`call ${typed}`, { country }).all;
  expect(rest).toEqual(found("call"));
  expect(forms.map(({ words }) => words.join(" "))).toEqual(
    expect.arrayContaining(["447400123456", "07400123456", "7400123456"]),
  );
});

test("filters are taken by their names, in quotes or without", () => {
  expect(
    parseSearch('from:anna from:"Ben O" VIA:shop via:+1 501 443 has:photo has:link is:failed'),
  ).toMatchObject({
    all: [],
    from: ["anna", "Ben O"],
    via: ["shop", "+1 501 443"],
    has: ["picture", "link"],
    is: ["failed"],
    faults: [],
  });
});

test.each([
  ["after:2026", "after", "2026-01-01T00:00:00Z"],
  ["before:2026-11", "before", "2026-11-01T00:00:00Z"],
  ["after:2026-2-28", "after", "2026-02-28T00:00:00Z"],
] as const)("%s", (typed, bound, time) => {
  expect(parseSearch(typed)[bound]).toEqual(new Date(time));
  expect(parseSearch(typed, { minutesAhead: 90 })[bound]).toEqual(new Date(Date.parse(time) - 5_400_000));
});

test.each(["before:soon", "after:2026-02-30", "after:2026-13", "has:fun", "is:late", "is:starred"])(
  "%s is said not to be known",
  (typed) => {
    const query = parseSearch(typed);
    expect(query.faults).toEqual([expect.stringContaining(`“${typed}”`)]);
    expect(isEmpty(query)).toBe(true);
  },
);

test("a query of any length is bounded", () => {
  expect(parseSearch("ab ".repeat(10_000)).all).toHaveLength(20);
});

test("a phrase is bounded, also one of signs without spaces, and so are numbers", () => {
  expect(parseSearch("一".repeat(499)).all[0]?.[0]?.words).toHaveLength(12);
  expect(parseSearch('"' + "a ".repeat(200) + '"').all[0]?.[0]?.words).toHaveLength(12);
  expect(parseSearch("501 208 0947, ".repeat(30), { country: "US" }).all.length).toBeLessThan(24);
});

test.each(["", "   ", "-", '""', ":"])("nothing is looked for by “%s”", (typed) => {
  expect(isEmpty(parseSearch(typed))).toBe(true);
});
