import { afterEach, beforeEach, expect, test } from "vitest";
import twilio from "twilio";
import { anna, shop, shopNumber } from "../../support/people.ts";
import { serve } from "../../support/localServer.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
  Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: `${hook.url}/sms` });
});
afterEach(() => hook.close());

const text = (more: object) => use.control("POST", "texts", { from: anna, to: shopNumber, ...more });
const told = () => Object.fromEntries(hook.received.at(-1)?.form ?? []);

test.each([
  [anna, shopNumber, "US"],
  ["32665", shopNumber, ""],
  ["WALNUT", shopNumber, ""],
  [`whatsapp:${anna}`, `whatsapp:${shopNumber}`, ""],
  ["rcs:walnut_agent", `rcs:${shopNumber}`, ""],
])("a text comes from %s", async (from, to, country) => {
  const { status, body } = await text({ from, to, body: "Hello" });
  expect([status, body.webhookStatus]).toEqual([201, 200]);
  expect(told()).toMatchObject({ From: from, To: to, Body: "Hello", FromCountry: country });
  expect((await use.call("GET", `Messages/${String(body.sid)}.json`)).body).toMatchObject({ from, to });
});

test("form fields are told verbatim, beside, instead of or without the usual ones, and signed", async () => {
  await text({
    body: "Stop",
    form: { OptOutType: "STOP", ProfileName: "Ana", NumSegments: "9", ToZip: null },
  });
  const [request] = hook.received;
  expect(told()).toMatchObject({ OptOutType: "STOP", ProfileName: "Ana", NumSegments: "9", Body: "Stop" });
  expect(told()).not.toHaveProperty("ToZip");
  const signature = String(request?.headers["x-twilio-signature"]);
  expect(twilio.validateRequest(shop.authToken, signature, `${hook.url}/sms`, told())).toBe(true);
});

test("pictures come with it, given or fetched", async () => {
  const bytes = Buffer.from("89504e470d0a1a0a", "hex");
  const url = await serve((_request, response) => {
    response.writeHead(200, { "Content-Type": "image/gif" }).end("GIF89a");
  });
  const { body } = await text({
    media: [{ contentType: "image/png", base64: bytes.toString("base64") }, { url: `${url}/cat.gif` }],
  });
  expect(told()).toMatchObject({
    NumMedia: "2",
    MediaContentType0: "image/png",
    MediaContentType1: "image/gif",
  });
  const message = use.shop.log.find(String(body.sid));
  expect(message?.media.map(({ content }) => content.toString("latin1"))).toEqual([
    bytes.toString("latin1"),
    "GIF89a",
  ]);
});

test("without its webhook it is in the log only", async () => {
  const { body } = await text({ body: "Missed", webhook: false });
  expect([body.webhookStatus, hook.received]).toEqual([null, []]);
  expect((await use.call("GET", `Messages/${String(body.sid)}.json`)).body.body).toBe("Missed");
});

test.each([
  [{ body: "Hi", to: "+15005550000" }, /No account owns \+15005550000/],
  [{}, /a text without words needs media or form fields/],
  [{ body: "Hi", from: "" }, /from/],
  [{ body: "Hi", picture: "cat" }, /Unrecognized key: "picture"/],
  [{ media: [{ contentType: "image/png" }] }, /either a url, or a contentType/],
  [{ media: [{ url: "http://127.0.0.1:1/none.png" }] }, /gives no picture \(11200\)/],
])("%j is refused in a sentence", async (more, sentence) => {
  const { status, body } = await text(more);
  expect([status, body.message]).toEqual([400, expect.stringMatching(sentence)]);
  expect(use.shop.log.all()).toHaveLength(2);
});

test("what is no JSON, and what there is not, is said so", async () => {
  const post = (path: string, body: string) =>
    fetch(`${use.sandbox.url}/_sandbox/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
  const broken = await post("texts", "{");
  expect([broken.status, await broken.json()]).toMatchObject([400, { message: /^This is no JSON: / }]);
  const unknown = await post("nothing", "{}");
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { message: "The sandbox knows no POST /_sandbox/nothing" },
  ]);
});
