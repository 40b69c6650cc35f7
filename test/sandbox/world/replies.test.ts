import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SandboxMessage } from "../../../src/sandbox/world/resources.ts";
import { answer, serve } from "../../support/localServer.ts";
import { anna, beginnerNumber, ben, shopNumber, shopSeed } from "../../support/people.ts";
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

describe("a reply by TwiML", () => {
  const replying = async (verb: string) => serve(answer(200, `<Response>${verb}</Response>`));

  test.each([
    ["to somebody who has opted out is dropped with 21610", shopNumber, "STOP", 21610],
    ["of a trial account to somebody unverified is dropped with 14111", beginnerNumber, "Hi", 14111],
  ])("%s", async (_what, to, body, code) => {
    const { world } = use.sandbox;
    const account = world.ownerOf(to);
    Object.assign(account?.numberFor(to)?.settings ?? {}, {
      SmsUrl: await replying("<Message>Hi</Message>"),
    });
    await world.phoneTexts({ from: ben, to, body });
    expect(account?.alerts.map(({ errorCode }) => errorCode)).toEqual([code]);
    expect(account?.log.all()[0]?.direction).toBe("inbound");
  });

  test("may go to somebody else, from another number, with a picture and a callback", async () => {
    const verb = `<Message to="${ben}" statusCallback="http://127.0.0.1:9/s"><Media>http://127.0.0.1:9/a.png</Media></Message>`;
    configure({ SmsUrl: await replying(verb) });
    await use.text("Hello");
    expect(use.shop.log.all()[0]).toMatchObject({
      ...{ from: shopNumber, to: ben, direction: "outbound-reply", numMedia: 1 },
      statusCallback: "http://127.0.0.1:9/s",
    });
  });

  test("without words and pictures is none", async () => {
    configure({ SmsUrl: await replying("<Message/>") });
    await use.text("Hello");
    expect([use.shop.log.all()[0]?.direction, alerts()]).toEqual(["inbound", []]);
  });

  test.each([
    ["fine", []],
    ["alert", [12300]],
  ] as const)("an empty answer is %s where that is assumed", async (emptyAnswer, codes) => {
    await use.reopen({ seed: { ...shopSeed(), unverified: { emptyAnswer } } });
    configure({ SmsUrl: await serve(answer(204, "")) });
    await use.text("Hello");
    expect(alerts()).toEqual(codes);
  });

  test("that leads on and on ends after fifty documents", async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? "");
      response
        .writeHead(200, { "Content-Type": "text/xml" })
        .end("<Response><Redirect>/</Redirect></Response>");
    });
    configure({ SmsUrl: url });
    await use.text("Hello");
    expect([asked.length, alerts()]).toEqual([50, [14106]]);
  });
});
