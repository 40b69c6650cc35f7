import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countSegments, maxBody } from "../../../src/models/chat/segments.ts";

describe("a text is billed as Twilio bills it", () => {
  const examples = [
    ["", 1, "GSM-7", 160],
    ["hello", 1, "GSM-7", 155],
    ["a".repeat(160), 1, "GSM-7", 0],
    ["a".repeat(161), 2, "GSM-7", 145],
    ["a".repeat(306), 2, "GSM-7", 0],
    ["a".repeat(307), 3, "GSM-7", 152],
    ["€".repeat(80), 1, "GSM-7", 0],
    ["€".repeat(81), 2, "GSM-7", 143],
    ["a".repeat(maxBody), 11, "GSM-7", 83],
    ["ç", 1, "UCS-2", 69],
    ["…".repeat(70), 1, "UCS-2", 0],
    ["…".repeat(71), 2, "UCS-2", 63],
    ["…".repeat(134), 2, "UCS-2", 0],
    ["…".repeat(135), 3, "UCS-2", 66],
    ["😀".repeat(35), 1, "UCS-2", 0],
    ["😀".repeat(36), 2, "UCS-2", 61],
    ["😀".repeat(67), 3, "UCS-2", 65],
    ["…".repeat(maxBody), 24, "UCS-2", 8],
  ] as const;

  test.each(examples.map((example) => [name(example[0]), ...example] as const))(
    "%s",
    (_, text, segments, encoding, remaining) => {
      expect(countSegments(text)).toEqual({ segments, encoding, characters: text.length, remaining });
    },
  );

  function name(text: string): string {
    return text.length > 6 ? `${text.length} units of ${text.slice(0, 2)}` : JSON.stringify(text);
  }
});

test("any text can be counted, and one more plain character opens a segment only when none remains", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const before = countSegments(text);
      const after = countSegments(`${text}a`);
      expect(before.characters).toBe(text.length);
      expect(before.remaining).toBeGreaterThanOrEqual(0);
      if (after.segments > before.segments) expect(before.remaining).toBe(0);
    }),
    { numRuns: 150 },
  );
});
