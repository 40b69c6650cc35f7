import { describe, expect, test } from "vitest";
import { webhookOf } from "../../../src/sandbox/world/inboundWebhook.ts";
import type { SandboxNumber } from "../../../src/sandbox/world/resources.ts";
import { answer, serve } from "../../support/localServer.ts";
import { anna, beginnerNumber, ben, shopNumber, shopSeed } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { serviceIn, worldOf } from "./worlds.ts";

const text = { from: anna, to: shopNumber, body: "Hello" };

function connected(settings: Record<string, string>, seed = shopSeed()) {
  const { world, account } = worldOf(seed);
  const number = account.numberFor(shopNumber) as SandboxNumber;
  Object.assign(number.settings, settings);
  return { world, account, number };
}

describe("a text", () => {
  test("is logged at once as received, billed, and with the moment of its webhook", async () => {
    const { world, account } = connected({});
    const { message, delivery } = await world.phoneTexts(text);
    expect([account.log.all()[0], delivery]).toEqual([message, undefined]);
    expect(message).toMatchObject({ direction: "inbound", status: "received", price: "-0.00830" });
    expect(message.dateSent).toEqual(message.dateCreated);
  });

  test("has no date of sending without a webhook, where that is assumed", async () => {
    const unverified = { inboundDateSentWithoutWebhook: false };
    const { world, number } = connected({}, { ...shopSeed(), unverified });
    expect((await world.phoneTexts(text)).message.dateSent).toBeNull();
    number.settings.SmsUrl = await serve(answer(200, "<Response/>"));
    expect((await world.phoneTexts(text)).message.dateSent).not.toBeNull();
  });

  test("to a number that nobody owns is an error", async () => {
    await expect(worldOf().world.phoneTexts({ ...text, to: ben })).rejects.toThrow(`No account owns ${ben}`);
  });

  test("goes to the account that owns the number", async () => {
    const { world, account } = connected({});
    const { message } = await world.phoneTexts({ ...text, to: beginnerNumber });
    expect([account.log.find(message.sid), world.ownerOf(beginnerNumber)?.log.find(message.sid)]).toEqual([
      undefined,
      message,
    ]);
  });

  test("for HELP is answered by Twilio and told to nobody, and STOP is told", async () => {
    const hook = await webhook();
    const { world } = connected({ SmsUrl: hook.url });
    for (const body of ["HELP", "STOP"]) await world.phoneTexts({ ...text, body });
    expect(hook.received.map(({ form }) => form.get("Body"))).toEqual(["STOP"]);
    await hook.close();
  });
});

describe("the address that a text is told to", () => {
  const own = {
    SmsUrl: "https://example.com/number",
    SmsMethod: "get",
    SmsFallbackUrl: "https://example.com/f",
  };
  const pool = { InboundRequestUrl: "https://example.com/pool", UseInboundWebhookOnNumber: "false" };

  test("is the number's, with POST unless it says GET", () => {
    const { account, number } = connected(own);
    expect(webhookOf(account, number)).toEqual({
      url: own.SmsUrl,
      method: "GET",
      fallbackUrl: own.SmsFallbackUrl,
      fallbackMethod: "POST",
    });
  });

  test("is none of a number without one", () => {
    const { account, number } = connected({});
    expect(webhookOf(account, number)).toMatchObject({ url: "", fallbackUrl: "" });
  });

  test("is the application's alone, even when that has none", () => {
    const { account, number } = connected({ ...own, SmsApplicationSid: "AP1" });
    const now = new Date();
    account.applications.set("AP1", { sid: "AP1", dateCreated: now, dateUpdated: now, settings: {} });
    expect(webhookOf(account, number)).toMatchObject({ url: "", method: "POST", fallbackUrl: "" });
  });

  test.each([
    ["the Service's", pool, { url: pool.InboundRequestUrl, method: "POST", fallbackUrl: "" }],
    [
      "the Service's with its own methods",
      { ...pool, InboundMethod: "GET", FallbackUrl: "https://example.com/pf", FallbackMethod: "GET" },
      { method: "GET", fallbackUrl: "https://example.com/pf", fallbackMethod: "GET" },
    ],
    [
      "the number's when the Service leaves it to that",
      { ...pool, UseInboundWebhookOnNumber: "true" },
      { url: own.SmsUrl },
    ],
  ])("is %s", (_what, settings, expected) => {
    const { account, number } = connected(own);
    serviceIn(account, [shopNumber], settings);
    expect(webhookOf(account, number)).toMatchObject(expected);
  });

  test("is undefined where a Service takes no texts", () => {
    const { account, number } = connected(own);
    serviceIn(account, [shopNumber], { UseInboundWebhookOnNumber: "false" });
    expect(webhookOf(account, number)).toBeUndefined();
  });
});

describe("the fallback", () => {
  test("may answer for the address that failed", async () => {
    const hook = await webhook([
      { status: 500 },
      { body: "<Response><Message>From the fallback</Message></Response>" },
    ]);
    const { world, account } = connected({ SmsUrl: `${hook.url}/a`, SmsFallbackUrl: `${hook.url}/b` });
    await world.phoneTexts(text);
    await expect.poll(() => account.log.all()[0]?.body).toBe("From the fallback");
    await hook.close();
  });

  test.each([
    ["is asked with the code of what was wrong with the answer", "<Reply/>", "12102"],
    ["is not asked for a mere warning", "<Response><Dance/></Response>", undefined],
  ])("%s", async (_what, body, code) => {
    const hook = await webhook([{ body }]);
    const { world } = connected({ SmsUrl: `${hook.url}/a`, SmsFallbackUrl: `${hook.url}/b` });
    await world.phoneTexts(text);
    expect(hook.received[1]?.form.get("ErrorCode")).toBe(code);
    await hook.close();
  });
});
