import { describe, expect, test } from "vitest";
import { beginner } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
const made = async (form: Record<string, string> = {}) =>
  (await use.call("POST", "Applications.json", form)).body;

test("an application is made of nothing, with nulls for what is not set and POST for every method", async () => {
  const body = await made();
  expect(body).toMatchObject({
    ...{
      sid: expect.stringMatching(/^AP[0-9a-f]{32}$/) as string,
      friendly_name: "",
      api_version: "2010-04-01",
    },
    ...{ sms_url: null, sms_fallback_url: null, sms_status_callback: null, message_status_callback: null },
    ...{ voice_url: null, voice_fallback_url: null, status_callback: null },
    ...{
      sms_method: "POST",
      sms_fallback_method: "POST",
      voice_method: "POST",
      status_callback_method: "POST",
    },
    ...{ voice_caller_id_lookup: false, public_application_connect_enabled: false },
  });
});

test("what is set is told, and a change leaves the rest as it is", async () => {
  const { sid } = await made({ FriendlyName: "Bot", SmsUrl: "https://example.com/in", SmsMethod: "get" });
  const path = `Applications/${String(sid)}.json`;
  const { body } = await use.call("POST", path, {
    VoiceUrl: "https://example.com/call",
    VoiceCallerIdLookup: "true",
  });
  expect(body).toMatchObject({
    ...{ friendly_name: "Bot", sms_url: "https://example.com/in", sms_method: "GET" },
    ...{ voice_url: "https://example.com/call", voice_caller_id_lookup: true },
  });
  expect((await use.call("POST", path, { SmsUrl: "" })).body.sms_url).toBeNull();
});

test("the list is filtered by the whole name", async () => {
  await made({ FriendlyName: "Support bot" });
  const found = async (name: string) =>
    (await use.call("GET", `Applications.json?FriendlyName=${name}`)).body.applications as object[];
  expect([(await found("Support+bot")).length, (await found("Support")).length]).toEqual([1, 0]);
});

describe("refusals", () => {
  test.each([
    [21402, { MessageStatusCallback: "nowhere" }],
    [21403, { SmsFallbackMethod: "PUT" }],
    [20001, { FriendlyName: "x".repeat(65) }],
  ])("%i for %j, on making and on changing", async (code, form) => {
    const { sid } = await made();
    const wrong = form as Record<string, string>;
    expect(await made(wrong)).toMatchObject({ status: 400, code });
    expect((await use.call("POST", `Applications/${String(sid)}.json`, wrong)).body).toMatchObject({ code });
  });

  test.each(["GET", "POST", "DELETE"])("%s of one that is another's, or nobody's, is 404", async (method) => {
    const { sid } = await made();
    const missing = { status: 404, code: 20404 };
    expect((await use.call(method, `Applications/${String(sid)}.json`, {}, beginner)).body).toMatchObject(
      missing,
    );
    expect((await use.call(method, `Applications/${unknown("AP")}.json`)).body).toMatchObject(missing);
  });
});
