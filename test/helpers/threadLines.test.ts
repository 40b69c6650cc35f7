import { expect, test } from "vitest";
import { isFollowed, type Line } from "../../src/helpers/threadLines.ts";

const line = (change: Partial<Line> = {}): Line => ({
  at: 0,
  direction: "inbound",
  isNews: false,
  ...change,
});

test.each<[string, Line, Line | undefined, boolean]>([
  ["from the same side within minutes", line(), line({ at: 299_999 }), true],
  ["five minutes later", line(), line({ at: 300_000 }), false],
  ["from the other side", line(), line({ direction: "outbound" }), false],
  ["under a message that failed", line({ isNews: true }), line(), false],
  ["nothing at all", line(), undefined, false],
])("what comes %s", (_, before, next, expected) => {
  expect(isFollowed(before, next)).toBe(expected);
});
