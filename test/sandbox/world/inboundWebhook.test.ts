import { afterEach, beforeEach, expect, test } from "vitest";
import twilio from "twilio";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
});
afterEach(() => hook.close());

const sidOf = (phoneNumber: string) => use.shop.numberFor(phoneNumber)?.sid ?? "";
const update = (form: Record<string, string>) =>
  use.call("POST", `IncomingPhoneNumbers/${sidOf(shopNumber)}.json`, form);

test("an application's address wins over the number's own, until the application is gone", async () => {
  const made = await use.call("POST", "Applications.json", { SmsUrl: `${hook.url}/application` });
  await update({ SmsUrl: `${hook.url}/number`, SmsApplicationSid: String(made.body.sid) });
  await use.text("To the application");
  await use.call("DELETE", `Applications/${String(made.body.sid)}.json`);
  await use.text("To the number");
  expect(hook.received.map(({ url }) => url)).toEqual(["/application", "/number"]);
});

test("an application's callback serves messages that name the application", async () => {
  const made = await use.call("POST", "Applications.json", { MessageStatusCallback: `${hook.url}/status` });
  await use.send(anna, "Hi", { ApplicationSid: String(made.body.sid) });
  await hook.until(2);
  expect(hook.received.map(({ url }) => url)).toEqual(["/status", "/status"]);
});

test.each([
  ["written", ""],
  ["slash", "/"],
] as const)("an address without a path is signed as %s", async (signedRoot, path) => {
  await use.reopen({ seed: { ...shopSeed(hook.url), unverified: { signedRoot } } });
  await use.text("Hello");
  const [request] = hook.received;
  const isSigned = (url: string) =>
    twilio.getExpectedTwilioSignature?.(shop.authToken, url, Object.fromEntries(request?.form ?? [])) ===
    request?.headers["x-twilio-signature"];
  expect([isSigned(hook.url + path), request?.url]).toEqual([true, "/"]);
  expect(isSigned(hook.url + (path === "" ? "/" : ""))).toBe(false);
});
