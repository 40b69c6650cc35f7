import { describe, expect, test } from "vitest";
import { answersTo, callLines } from "../../../src/sandbox/handset/calls.ts";
import { locationOf } from "../../../src/sandbox/handset/location.ts";
import { CallLog, type LoggedCall } from "../../../src/sandbox/world/callLog.ts";

type Call = Omit<LoggedCall, "id" | "at">;
const usual: Call = {
  ...{ kind: "webhook", accountSid: "", method: "POST", url: "https://example.com/sms?a=1", status: 200 },
  ...{ requestHeaders: {}, form: {}, answer: "" },
};
function logOf(...calls: Partial<Call>[]): CallLog {
  const log = new CallLog();
  for (const call of calls) log.add({ ...usual, ...call });
  return log;
}
const linesOf = (log: CallLog, query: Record<string, string> = {}) => callLines(log, locationOf(query)).lines;
const lineOf = (call: Partial<Call>) => linesOf(logOf(call))[0];

describe("a line of the log", () => {
  test.each([
    ["the state that was told", { form: { MessageStatus: "delivered" } }, "delivered"],
    ["the state and its code", { form: { MessageStatus: "failed", ErrorCode: "30034" } }, "failed · 30034"],
    ["the words", { form: { Body: "Hello" } }, "“Hello”"],
    ["that there was a picture", { form: { Body: "", NumMedia: "1" } }, "Picture"],
    ["nothing where there was nothing", { form: { NumMedia: "0" } }, ""],
    ["why it was refused", { status: 400, form: { Body: "Hi" }, answer: '{"code":1,"message":"No"}' }, "No"],
    ["nothing of a page that says nothing", { status: 500, answer: "<h1>Oh no</h1>" }, ""],
  ])("says %s", (_what, call, gist) => {
    expect(lineOf(call)?.gist).toBe(gist);
  });

  test.each([
    [0, true],
    [200, false],
    [307, false],
    [400, true],
    [503, true],
  ])("of status %i is marked as failed: %s", (status, failed) => {
    expect(lineOf({ status })?.failed).toBe(failed);
  });

  test.each([
    ["https://example.com/sms?a=1", "/sms"],
    [`/2010-04-01/Accounts/AC${"0".repeat(32)}/Messages.json?To=x`, "…/Messages.json"],
    [`/2010-04-01/Accounts/AC${"0".repeat(32)}.json`, "….json"],
    ["/messaging/v1/Services", "/messaging/v1/Services"],
    ["nowhere", "nowhere"],
  ])("shortens %s to %s", (url, path) => {
    expect(lineOf({ url })?.path).toBe(path);
  });

  test("shows neither passwords nor cookies, but that they were there", () => {
    const requestHeaders = {
      Authorization: "Basic c2VjcmV0",
      Cookie: "parley.sid=secret",
      Accept: "*/*",
      Empty: "",
    };
    const line = lineOf({ url: "https://parley:secret@example.com/sms", requestHeaders });
    expect(line?.headers).toEqual([
      ["Authorization", "Basic …"],
      ["Cookie", "…"],
      ["Accept", "*/*"],
    ]);
    expect(line?.url).not.toContain("secret");
  });

  test("has the signature, whatever the letters of its name, and only fields with something in them", () => {
    const line = lineOf({
      requestHeaders: { "x-twilio-signature": "abc=" },
      form: { From: "+1", FromCity: "" },
    });
    expect([line?.signature, line?.fields]).toEqual(["abc=", [["From", "+1"]]]);
  });

  test("writes JSON to be read, and anything else as it is", () => {
    expect(lineOf({ answer: '{"a":1}' })?.answer).toBe('{\n  "a": 1\n}');
    expect(lineOf({ answer: "<Response/>" })?.answer).toBe("<Response/>");
  });
});

describe("the log", () => {
  const mixed = () => logOf({}, { kind: "api" }, { form: { MessageSid: "SM1" } });

  test.each([
    ["", 3],
    ["api", 1],
    ["webhook", 2],
  ])("shows of %j its %i calls", (calls, count) => {
    expect(linesOf(mixed(), { calls })).toHaveLength(count);
  });

  test("shows fifty and says that there are more", () => {
    const log = logOf(...Array.from({ length: 51 }, () => ({})));
    const { lines, more } = callLines(log, locationOf({}));
    expect([lines.length, more]).toEqual([50, true]);
    expect(callLines(log, locationOf({ size: "100" })).more).toBe(false);
  });

  test("marks a webhook that says what one before has said, and no API call", () => {
    const twice = { form: { MessageSid: "SM1", MessageStatus: "sent" } };
    const lines = linesOf(
      logOf(twice, twice, { form: { MessageSid: "SM1" } }, { kind: "api" }, { kind: "api" }),
    );
    expect(lines.map(({ again }) => again)).toEqual([false, false, false, true, false]);
  });

  test("knows how often each text was told, and the latest answer", () => {
    const told = { MessageSid: "SM1", SmsStatus: "received" };
    const log = logOf(
      { form: told, status: 500 },
      { form: told, status: 200 },
      { form: { ...told, SmsStatus: "sent" } },
    );
    expect([...answersTo(log)]).toEqual([["SM1", { times: 2, status: 200 }]]);
  });
});
