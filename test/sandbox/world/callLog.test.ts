import { expect, test } from "vitest";
import { CallLog } from "../../../src/sandbox/world/callLog.ts";

const call = (url: string) => ({
  kind: "api" as const,
  accountSid: "",
  method: "GET",
  url,
  status: 200,
  requestHeaders: {},
  form: {},
  answer: "",
});

function logOf(count: number): CallLog {
  const log = new CallLog();
  for (let index = 1; index <= count; index += 1) log.add(call(`/${index}`));
  return log;
}

test("calls are listed newest first and found by their number", () => {
  const log = logOf(3);
  expect(log.list().map(({ url }) => url)).toEqual(["/3", "/2", "/1"]);
  expect(log.find("2")?.url).toBe("/2");
  expect(log.find("4")).toBeUndefined();
});

test("the latest 500 are kept, and what is gone is not found", () => {
  const log = logOf(502);
  expect(log.list()).toHaveLength(500);
  expect([log.list()[0]?.id, log.list().at(-1)?.id]).toEqual(["502", "3"]);
  expect(log.find("2")).toBeUndefined();
});

test("of each part only the beginning is kept, and of the fields the first hundred", () => {
  const long = "x".repeat(5_000);
  const form = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`Field${index}`, long]));
  const logged = new CallLog().add({ ...call(long), form, requestHeaders: { [long]: long }, answer: long });
  expect([logged.url.length, logged.answer.length]).toEqual([4_000, 4_000]);
  expect(Object.keys(logged.form)).toHaveLength(100);
  expect(logged.form.Field99).toHaveLength(4_000);
  expect(Object.entries(logged.requestHeaders).map((pair) => pair.map(({ length }) => length))).toEqual([
    [4_000, 4_000],
  ]);
});
