import { expect, test } from "vitest";
import { segmentsOf } from "../../../src/sandbox/world/segments.ts";

const emoji = "😀";

test.each([
  ["nothing", "", 1],
  ["160 plain letters", "x".repeat(160), 1],
  ["161 plain letters", "x".repeat(161), 2],
  ["306 plain letters", "x".repeat(306), 2],
  ["307 plain letters", "x".repeat(307), 3],
  ["1,600 plain letters", "x".repeat(1_600), 11],
  ["80 signs that take two places each", "€".repeat(80), 1],
  ["81 signs that take two places each", "€".repeat(81), 2],
  ["70 Cyrillic letters", "ж".repeat(70), 1],
  ["71 Cyrillic letters", "ж".repeat(71), 2],
  ["134 Cyrillic letters", "ж".repeat(134), 2],
  ["135 Cyrillic letters", "ж".repeat(135), 3],
  ["1,600 Cyrillic letters", "ж".repeat(1_600), 24],
  ["one Cyrillic letter among 70 plain ones", `${"x".repeat(70)}ж`, 2],
  ["small c with cedilla, which GSM lacks", "ç".repeat(71), 2],
  ["35 emoji", emoji.repeat(35), 1],
  ["36 emoji", emoji.repeat(36), 2],
  ["67 emoji, none of which is cut in two", emoji.repeat(67), 3],
])("%s takes its segments", (_what, body, segments) => {
  expect(segmentsOf(body)).toBe(segments);
});
