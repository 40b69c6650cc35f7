import { afterEach, beforeEach, expect, test } from "vitest";
import type { SandboxMessage } from "../../../src/sandbox/world/resources.ts";
import { anna, shopNumber } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
});
afterEach(() => hook.close());

const configure = (settings: Record<string, string>) =>
  Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, settings);
const replies = () => use.shop.log.all().filter(({ direction }) => direction === "outbound-reply");
const alerts = () => use.shop.alerts.map(({ errorCode }) => errorCode);

test.each([
  ["TwiML", { body: "<Response><Message>Hi Anna</Message></Response>" }],
  ["TwiML with a body", { body: "<Response><Message><Body>Hi Anna</Body></Message></Response>" }],
  ["TwiML as html", { type: "text/html", body: "<Response><Message>Hi Anna</Message></Response>" }],
  ["plain text", { type: "text/plain; charset=utf-8", body: "Hi Anna" }],
])("%s is texted back", async (_what, answer) => {
  hook.answers.push(answer);
  configure({ SmsUrl: `${hook.url}/sms` });
  await use.text("Hello");
  await expect
    .poll(() => replies())
    .toMatchObject([
      { body: "Hi Anna", from: shopNumber, to: anna, status: "delivered" } satisfies Partial<SandboxMessage>,
    ]);
});

test("numbered and named entities in TwiML are what they stand for", async () => {
  hook.answers.push({ body: "<Response><Message>It&#39;s R&amp;D &#x2014; really</Message></Response>" });
  configure({ SmsUrl: `${hook.url}/sms` });
  await use.text("Hello");
  await expect.poll(() => replies().map(({ body }) => body)).toEqual(["It's R&D — really"]);
});

test.each([
  [11100, "<Redirect>http://[</Redirect>"],
  [14101, '<Message to="nobody">Hi</Message>'],
  [14102, '<Message from="+15005550123">Hi</Message>'],
  [14103, `<Message>${"x".repeat(1_601)}</Message>`],
])("the Debugger tells %i of a verb that cannot be done, and nothing ends", async (code, verb) => {
  hook.answers.push({ body: `<Response>${verb}</Response>` });
  configure({ SmsUrl: `${hook.url}/sms` });
  await use.text("Hello");
  expect(alerts()).toEqual([code]);
  expect(replies()).toEqual([]);
});

test("a redirect in TwiML is followed", async () => {
  hook.answers.push(
    { body: "<Response><Redirect>/more?a=1&amp;b=2</Redirect></Response>" },
    { body: "<Response><Message>Done</Message></Response>" },
  );
  configure({ SmsUrl: `${hook.url}/sms` });
  await use.text("Hello");
  expect(hook.received.map(({ url }) => url)).toEqual(["/sms", "/more?a=1&b=2"]);
  await expect.poll(() => replies().map(({ body }) => body)).toEqual(["Done"]);
});

test.each([
  [12100, { body: "OK", type: "text/html" }],
  [12102, { body: "<Reply/>" }],
  [12200, { body: "<Response><Dance/></Response>" }],
  [12300, { body: "{}", type: "application/json" }],
  [14109, { body: `<Response>${"<Message>Hi</Message>".repeat(11)}</Response>` }],
])("the Debugger tells %i of a wrong answer", async (code, answer) => {
  hook.answers.push(answer);
  configure({ SmsUrl: `${hook.url}/sms` });
  await use.text("Hello");
  expect(alerts()).toEqual([code]);
});

test("two of our numbers that answer one another stop after fifteen rounds", async () => {
  configure({ SmsUrl: `${hook.url}/sms` });
  hook.answers.push(
    ...Array.from({ length: 40 }, () => ({ body: "<Response><Message>Ping</Message></Response>" })),
  );
  await Promise.all(Array.from({ length: 17 }, () => use.text("Pong")));
  await expect.poll(() => replies().filter(({ status }) => status === "delivered")).toHaveLength(15);
  expect(alerts()).toContain(14107);
});
