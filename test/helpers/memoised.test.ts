import { expect, test } from "vitest";
import { memoised } from "../../src/helpers/memoised.ts";

test("what was asked lately is not asked again, unless it is long or others came since", () => {
  const asked: string[] = [];
  const ask = memoised((text) => (asked.push(text), text.toUpperCase()), 2);
  const long = "x".repeat(65);
  expect(["a", "a", "b", "a", long, long, "c", "a"].map(ask).join(" ")).toBe(
    ["A", "A", "B", "A", long.toUpperCase(), long.toUpperCase(), "C", "A"].join(" "),
  );
  expect(asked).toEqual(["a", "b", long, long, "c", "a"]);
});
