import type { Request } from "express";
import { expect, test } from "vitest";
import { accountSidOf, field, pairOf, trimmed } from "../../src/controllers/request.ts";
import { NotFound } from "../../src/models/errors.ts";

const asking = (params: Record<string, unknown>) => ({ params }) as unknown as Request;
const pair = { twilioNumber: "+15550001111", target: "whatsapp:+15552223333" };

test("an address names its pair, also when a bare + came as a space", () => {
  expect(pairOf(asking(pair))).toEqual(pair);
  expect(pairOf(asking({ ...pair, target: " 15552223333 " })).target).toBe("15552223333");
});

test.each([
  ["an empty target", { target: "" }],
  ["no target", { target: undefined }],
  ["one of 101 signs", { target: "x".repeat(101) }],
  ["one with NUL in it", { target: "1\0" }],
  ["one with a line end in it", { target: "1\n2" }],
  ["one with half a sign in it", { target: "\ud83d" }],
])("an address with %s is of nothing that can be here", (_, change) => {
  expect(() => pairOf(asking({ ...pair, ...change }))).toThrow(NotFound);
});

test("an address of a hundred signs is of something", () => {
  expect(pairOf(asking({ ...pair, target: "x".repeat(100) })).target).toHaveLength(100);
});

test.each([
  ["a text", " Hi ", " Hi "],
  ["one that is missing", undefined, ""],
  ["one that came twice", ["a", "b"], ""],
  ["a number", 7, ""],
  ["one with NUL in it", "a\0b", "ab"],
])("the field of %s, %j, is read as %j", (_, given, text) => {
  expect(field.parse(given)).toBe(text);
  expect(trimmed.parse(given)).toBe(text.trim());
});

test("whose request it is is known behind requireAccount, and a fault of ours anywhere else", () => {
  const of = (session: object) => ({ session }) as unknown as Request;
  expect(accountSidOf(of({ accountSid: "AC1" }))).toBe("AC1");
  expect(() => accountSidOf(of({}))).toThrow("needs requireAccount");
});
