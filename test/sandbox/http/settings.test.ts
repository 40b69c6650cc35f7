import { expect, test } from "vitest";
import { settingsFrom } from "../../../src/sandbox/http/settings.ts";

const fields = { urls: ["SmsUrl", "VoiceUrl"], methods: ["SmsMethod"], others: ["AddressSid"] };
const settings = (form: Record<string, unknown>) => settingsFrom(form, fields);

test("known fields are taken as they are, methods in capitals, anything else is left out", () => {
  const form = { SmsUrl: "https://example.com/a", SmsMethod: "get", AddressSid: "AD1", FriendlyName: "Shop" };
  expect(settings({ ...form, Colour: "red" })).toEqual({ ...form, SmsMethod: "GET" });
  expect(settings({})).toEqual({});
});

test("an empty address is a wish to have none", () => {
  expect(settings({ SmsUrl: "", VoiceUrl: "" })).toEqual({ SmsUrl: "", VoiceUrl: "" });
});

test.each([
  [21402, { VoiceUrl: "nowhere" }, "VoiceUrl is not a valid URL: nowhere"],
  [21402, { SmsUrl: "ftp://example.com" }, "SmsUrl is not a valid URL: ftp://example.com"],
  [21403, { SmsMethod: "PUT" }, "Method must be GET or POST, not PUT"],
  [21403, { SmsMethod: "" }, "Method must be GET or POST, not "],
  [20001, { FriendlyName: "x".repeat(65) }, "FriendlyName may have 64 characters at most"],
])("%i refuses %j in words", (code, form, message) => {
  expect(() => settings(form)).toThrow(expect.objectContaining({ status: 400, code, message }));
});

test("a name may have 64 characters", () => {
  expect(settings({ FriendlyName: "x".repeat(64) }).FriendlyName).toHaveLength(64);
});
