import { expect, test } from "vitest";
import { folded, groupedNumbersOf, wordsOf } from "../../src/models/words.ts";

test.each([
  ["José Núñez", "jose nunez"],
  ["jose\u0301", "jose"],
  ["Jürgen Groß", "jurgen gross"],
  ["STRASSE", "strasse"],
  ["Emre Yılmaz, İstanbul", "emre yilmaz istanbul"],
  ["Łódź Ærø Þór", "lodz aero thor"],
  ["٢ شُكْرًا", "٢ شكرا"],
  ["ΟΔΟΣ οδος", "οδοσ οδοσ"],
  ["don't", "don t"],
  ["ﬁne ２０２６ ½", "fine 2026 12"],
  ["東京へ go!", "東 京 へ go"],
  ["👍🏽ok 👨‍👩‍👧", "👍 ok 👨 👩 👧"],
  ["हिन्दी में", "हिन्दी में"],
  ["  ...  ", ""],
  ["a".repeat(70), "a".repeat(60)],
])("%s is found by the words “%s”", (text, words) => {
  expect(folded(text)).toBe(words);
});

test("words know where they stand", () => {
  expect(wordsOf("Öl, bitte")).toEqual([
    { word: "ol", start: 0, end: 2 },
    { word: "bitte", start: 4, end: 9 },
  ]);
});

test.each([
  ["Call +1 (501) 208-0947 or 020 7946 0958.", ["15012080947", "02079460958"]],
  ["On 12/10 at 9:30 for 25 people", []],
  ["482913", ["482913"]],
])("numbers in groups are found by all their digits: %s", (text, digits) => {
  expect(groupedNumbersOf(text).map(({ word }) => word)).toEqual(digits);
});
