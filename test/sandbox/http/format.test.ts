import { describe, expect, test } from "vitest";
import {
  fieldsOf,
  flag,
  formOf,
  isWebAddress,
  iso8601,
  moment,
  rfc2822,
  text,
  texts,
} from "../../../src/sandbox/http/format.ts";

const at = new Date("2023-08-24T05:01:45.678Z");

test("times have whole seconds, in the writing of either API", () => {
  expect(rfc2822(at)).toBe("Thu, 24 Aug 2023 05:01:45 +0000");
  expect(rfc2822(null)).toBeNull();
  expect(iso8601(at)).toBe("2023-08-24T05:01:45Z");
});

test.each([
  ["Hi", "Hi", ["Hi"]],
  [["a", "b"], "a", ["a", "b"]],
  [["", "b"], "", ["b"]],
  [[["a"]], "a", []],
  [undefined, "", []],
  [7, "", []],
  [{ a: "b" }, "", []],
])("a field of %j is %j as one text and %j as several", (field, one, several) => {
  expect([text(field), texts(field)]).toEqual([one, several]);
});

test.each([
  ["true", true],
  ["TRUE", true],
  ["false", false],
  ["1", false],
  ["", undefined],
  [undefined, undefined],
])("a flag of %j is %j", (given, expected) => {
  expect(flag(given)).toBe(expected);
});

describe("a moment", () => {
  test.each([
    ["2026-11-25", "2026-11-25T00:00:00.000Z"],
    ["2026-11-25T17:30:00Z", "2026-11-25T17:30:00.000Z"],
    ["2026-11-25T17:30:00+02:00", "2026-11-25T15:30:00.000Z"],
  ])("%s is %s", (given, expected) => {
    expect(new Date(moment(given)).toISOString()).toBe(expected);
  });

  test("without a zone is of Greenwich, wherever the sandbox stands", () => {
    const home = process.env.TZ;
    process.env.TZ = "America/New_York";
    try {
      expect(new Date(moment("2026-11-25T17:30:00")).toISOString()).toBe("2026-11-25T17:30:00.000Z");
    } finally {
      if (home === undefined) delete process.env.TZ;
      else process.env.TZ = home;
    }
  });

  test.each(["yesterday", "25.11.2026", "2026-13-01", "2026-11-25Tea", "", "20261125"])(
    "%j is refused with 20001",
    (given) => expect(() => moment(given)).toThrow(expect.objectContaining({ status: 400, code: 20001 })),
  );
});

test.each([
  ["https://example.com/sms?a=1#rc=2", true],
  ["HTTP://127.0.0.1:4010", true],
  ["ftp://example.com", false],
  ["example.com", false],
  ["https://", false],
  ["https://exa mple.com", false],
  ["javascript:alert(1)//https://example.com", false],
])("%s is a web address: %s", (given, expected) => {
  expect(isWebAddress(given)).toBe(expected);
});

test("of a form only the known fields are taken, each as one text", () => {
  expect(fieldsOf({ A: ["1", "2"], B: "x", a: "y" }, new Set(["A", "C"]))).toEqual({ A: "1" });
  expect(formOf({})).toEqual({});
});
