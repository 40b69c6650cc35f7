import { expect, test } from "vitest";
import { hueOf, initialOf } from "../../src/helpers/avatars.ts";

test("a number always has the same one of twelve hues, and neighbours differ", () => {
  const hues = Array.from({ length: 200 }, (_, index) => hueOf(`+1501208${1000 + index}`));
  expect(new Set(hues).size).toBe(12);
  expect(hues.every((hue) => /^hue-(\d|1[01])$/.test(hue))).toBe(true);
  expect(hueOf("+15012081001")).toBe(hues[1]);
});

test.each([
  ["anna", "A"],
  ["  élise", "É"],
  ["𝒜lpha", "𝒜"],
  ["", undefined],
  ["   ", undefined],
  [null, undefined],
])("the initial of %j is %j", (name, initial) => {
  expect(initialOf({ name })).toBe(initial);
});
