import { afterEach, beforeEach, expect, test } from "vitest";
import twilio from "twilio";
import { shop } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
});
afterEach(() => hook.close());

const post = (body: object) => use.control("POST", "webhooks", body);

test("any form goes anywhere, signed as the account's webhooks are, and is in the log", async () => {
  const form = { MessageSid: `SM${"0".repeat(32)}`, MessageStatus: "delivered" };
  const { status, body } = await post({ accountSid: shop.accountSid, url: `${hook.url}/sms?a=1`, form });
  expect([status, body]).toEqual([201, { webhookStatus: 200 }]);
  const [request] = hook.received;
  expect(Object.fromEntries(request?.form ?? [])).toEqual(form);
  const signature = String(request?.headers["x-twilio-signature"]);
  expect(twilio.validateRequest(shop.authToken, signature, `${hook.url}/sms?a=1`, form)).toBe(true);
  expect(use.sandbox.world.log.list()[0]).toMatchObject({ kind: "webhook", form });
});

test("faults happen to it as to any other", async () => {
  await use.fault({ kind: "webhookLost", method: "POST", path: "*sms", times: 1 });
  const { body } = await post({ accountSid: shop.accountSid, url: `${hook.url}/sms` });
  expect([body, hook.received]).toEqual([{ webhookStatus: null }, []]);
});

test.each([
  [404, { accountSid: "AC1", url: "http://127.0.0.1:1/" }, /no such account/],
  [400, { accountSid: shop.accountSid, url: "file:///etc/passwd" }, /url/i],
  [400, { accountSid: shop.accountSid, url: "http://127.0.0.1:1/", method: "PUT" }, /method/],
])("%i for %j", async (status, request, sentence) => {
  const answer = await post(request);
  expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(sentence)]);
});
