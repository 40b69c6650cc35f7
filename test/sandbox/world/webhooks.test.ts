import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { anna, ben, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { webhook, type Received } from "../../support/webhook.ts";

let sandbox: Sandbox;
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: shopSeed(), timing: { queuedMs: 1, sentMs: 1 } });
  hook = await webhook();
});
afterEach(async () => {
  await sandbox.close();
  await hook.close();
});

const account = () => {
  const found = sandbox.world.accounts.get(shop.accountSid);
  if (!found) throw new Error("The seed has no shop");
  return found;
};
const configure = (settings: Record<string, string>) =>
  Object.assign(account().numberFor(shopNumber)?.settings ?? {}, settings);
const text = (body: string, from = anna) => sandbox.world.phoneTexts({ from, to: shopNumber, body });
const alerts = () => account().alerts.map(({ errorCode }) => errorCode);
const isSigned = ({ url, headers, form, method }: Received, base = hook.url) =>
  twilio.validateRequest(
    shop.authToken,
    String(headers["x-twilio-signature"]),
    base + url,
    method === "GET" ? {} : Object.fromEntries(form),
  );

test("a text is posted, signed, with everything Twilio tells", async () => {
  configure({ SmsUrl: `${hook.url}/sms?shop=1&empty=` });
  const { message, delivery } = await text("Hello & welcome");
  expect(delivery?.status).toBe(200);
  const [request] = hook.received;
  expect(request && isSigned(request)).toBe(true);
  expect(Object.fromEntries(request?.form ?? [])).toMatchObject({
    MessageSid: message.sid,
    AccountSid: shop.accountSid,
    From: anna,
    To: shopNumber,
    Body: "Hello & welcome",
    NumMedia: "0",
    NumSegments: "1",
    FromCountry: "US",
    FromCity: "",
  });
  expect(request?.headers).toMatchObject({
    "user-agent": "TwilioProxy/1.1",
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "i-twilio-idempotency-token": expect.any(String) as string,
  });
});

test("with GET the fields are part of the address, and of its signature", async () => {
  configure({ SmsUrl: `${hook.url}/sms?shop=1`, SmsMethod: "GET" });
  await text("By GET");
  const [request] = hook.received;
  expect(request?.method).toBe("GET");
  expect(new URL(request?.url ?? "", hook.url).searchParams.get("Body")).toBe("By GET");
  expect(request && isSigned(request)).toBe(true);
});

test("credentials in the address are sent as Basic auth and neither signed nor logged", async () => {
  configure({ SmsUrl: `http://parley:secret@${hook.host}/sms` });
  await text("Hi");
  const [request] = hook.received;
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from("parley:secret").toString("base64")}`);
  expect(request && isSigned(request)).toBe(true);
  expect(JSON.stringify(sandbox.world.log.list())).not.toContain("secret");
});

test.each([
  ["#rc=3&rp=all", 4],
  ["#rc=2&rp=5xx", 3],
  ["#rc=2&rp=4xx", 1],
  ["", 1],
  ["#ct=200&rc=2&rp=all", 3],
])("a failing webhook %s is called %i times with one token", async (overrides, times) => {
  hook.answers.push(...Array.from({ length: 6 }, () => ({ status: 500 })));
  configure({ SmsUrl: `${hook.url}/sms${overrides}` });
  await text("Again?");
  expect(hook.received).toHaveLength(times);
  expect(new Set(hook.received.map(({ headers }) => headers["i-twilio-idempotency-token"])).size).toBe(1);
  expect(hook.received.every((request) => isSigned(request))).toBe(true);
  expect(alerts()).toEqual([11200]);
});

test("when a webhook fails the fallback gets the text, the error and its address", async () => {
  hook.answers.push({ status: 503 });
  configure({ SmsUrl: `${hook.url}/sms`, SmsFallbackUrl: `${hook.url}/fallback` });
  await text("Somebody?");
  const [, fallback] = hook.received;
  expect(fallback?.url).toBe("/fallback");
  expect(Object.fromEntries(fallback?.form ?? [])).toMatchObject({
    Body: "Somebody?",
    ErrorCode: "11200",
    ErrorUrl: `${hook.url}/sms`,
  });
});

test("a replay carries the credentials that the log does not show", async () => {
  configure({ SmsUrl: `http://parley:secret@${hook.host}/sms` });
  await text("Hi");
  const [call] = sandbox.world.log.list();
  await sandbox.world.replay(call?.id ?? "");
  const [first, second] = hook.received;
  expect(second?.headers.authorization).toBe(first?.headers.authorization);
});

test.each([
  ["11205", "http://127.0.0.1:9/sms"],
  ["11210", "http://nobody.invalid/sms"],
  ["11100", "http://:0/sms"],
])("the Debugger tells %s of an address that cannot be reached", async (code, url) => {
  configure({ SmsUrl: url });
  await text("Hello");
  expect(alerts()).toEqual([Number(code)]);
});

test("a redirect that never ends is 11215", async () => {
  hook.answers.push(...Array.from({ length: 30 }, () => ({ status: 302, location: "/sms" })));
  configure({ SmsUrl: `${hook.url}/sms` });
  await text("Hello");
  expect(alerts()).toEqual([11215]);
});

test("status callbacks come after creation only, in order, signed", async () => {
  const message = sandbox.world.sending.send(account(), {
    from: shopNumber,
    to: ben,
    body: "Hi",
    direction: "outbound-api",
    statusCallback: `${hook.url}/status`,
  });
  await hook.until(2);
  expect(hook.received.map(({ form }) => form.get("MessageStatus"))).toEqual(["sent", "delivered"]);
  expect(hook.received.every((request) => isSigned(request))).toBe(true);
  expect(hook.received[0]?.form.get("MessageSid")).toBe(message.sid);
});

test("of an answer and of what is logged only the beginning is kept", async () => {
  hook.answers.push({ type: "application/json", body: "x".repeat(1_000_000) });
  configure({ SmsUrl: `${hook.url}/sms?${"y".repeat(9_000)}` });
  const { delivery } = await text("Hello");
  const [call] = sandbox.world.log.list();
  expect([delivery?.body.length, call?.answer.length, call?.url.length]).toEqual([65_536, 4_000, 4_000]);
});
