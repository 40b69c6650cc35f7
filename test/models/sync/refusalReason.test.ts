import { expect, test } from "vitest";
import { refusalReason } from "../../../src/models/sync/refusalReason.ts";
import { verifySignature } from "../../../src/twilio/signature.ts";
import { shop } from "../../support/people.ts";
import { sign, textForm } from "../../support/twilioForms.ts";

const form = textForm();
const webhook = (signature: string | undefined, change = {}) => ({
  accountSid: shop.accountSid,
  form,
  signature,
  expectedUrl: "http://inbox.example/sms",
  path: "/sms",
  hosts: ["10.0.0.7:3000", "inbox.example"],
  ...change,
});
const reasonOf = (signature: string | undefined, change = {}) =>
  refusalReason(webhook(signature, change), [shop.authToken], verifySignature);

test.each([
  "https://inbox.example/sms",
  "https://inbox.example:443/sms",
  "http://10.0.0.7:3000/sms",
  "https://inbox.example/sms/",
])("a text signed for %s names that address", (signedUrl) => {
  const named = signedUrl.replace(":443", "");
  expect(reasonOf(sign(signedUrl, form))).toEqual({ reason: "address", signedUrl: named });
});

test("one signed with a token that nobody is signed in with, or for an address far away, is about the token", () => {
  expect(reasonOf(sign("http://inbox.example/sms", form, "f".repeat(32)))).toEqual({ reason: "token" });
  expect(reasonOf(sign("https://elsewhere.example/sms", form))).toEqual({ reason: "token" });
});

test.each([undefined, ""])("one without a signature (%s) is not from Twilio", (signature) => {
  expect(reasonOf(signature)).toEqual({ reason: "unsigned" });
});
