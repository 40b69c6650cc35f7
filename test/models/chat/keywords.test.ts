import fc from "fast-check";
import { expect, test } from "vitest";
import { optOutKeyword } from "../../../src/models/chat/keywords.ts";

const stop = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
const start = ["START", "YES", "UNSTOP"];
const help = ["HELP", "INFO"];

test.each([
  ["stop", stop],
  ["start", start],
  ["help", help],
] as const)("the words for %s count as the whole message, in any case", (meaning, words) => {
  for (const word of words) {
    const mixed = word.slice(0, 1) + word.slice(1).toLowerCase();
    expect([word, word.toLowerCase(), mixed, ` ${word}\r\n`].map((body) => optOutKeyword(body))).toEqual(
      Array(4).fill(meaning),
    );
  }
});

test.each([
  "please stop by at 5",
  "STOP PLEASE",
  "Stop.",
  "STOP!",
  "S T O P",
  "yes please",
  "info?",
  "",
  "  ",
])("%j is an ordinary text", (body) => {
  expect(optOutKeyword(body)).toBeUndefined();
});

test("YES does not end an opt-out from a toll-free number, START does", () => {
  expect(optOutKeyword("YES", "+18335550100")).toBeUndefined();
  expect(optOutKeyword("START", "+18335550100")).toBe("start");
  expect(optOutKeyword("STOP", "+18335550100")).toBe("stop");
  expect(optOutKeyword("YES", "+15014434496")).toBe("start");
  expect(optOutKeyword("YES", "+18225550100")).toBe("start");
});

test("no other text means anything", () => {
  const known = new Set([...stop, ...start, ...help]);
  fc.assert(
    fc.property(fc.string(), (body) => {
      fc.pre(!known.has(body.trim().toUpperCase()));
      expect(optOutKeyword(body)).toBeUndefined();
    }),
  );
});
