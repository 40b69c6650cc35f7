import { expect, test } from "vitest";
import { isSameSecret } from "../../../src/models/account/sameSecret.ts";

test.each([
  ["the very same text", "Bearer abc", "Bearer abc", true],
  ["two empty ones", "", "", true],
  ["one with an end more", "Bearer abc", "Bearer abcd", false],
  ["one in other letters", "Bearer abc", "bearer abc", false],
  ["one with a space around", "Bearer abc", " Bearer abc", false],
  ["one of another length in bytes", "é", "e", false],
])("%s: %j and %j", (_, one, other, isSame) => {
  expect(isSameSecret(one, other)).toBe(isSame);
});
