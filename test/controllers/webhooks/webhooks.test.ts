import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anna, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

let serial = 0;

function text(change: Record<string, string> = {}): Record<string, string> {
  serial += 1;
  const MessageSid = `SM${serial.toString(16).padStart(32, "0")}`;
  const form = {
    MessageSid,
    AccountSid: shop.accountSid,
    From: ben,
    To: shopNumber,
    Body: `Text ${serial}`,
    NumMedia: "0",
  };
  return { ...form, SmsStatus: "received", FromCity: "", ...change };
}

// Twilio's rule, written again here so that neither the SDK nor the sandbox vouches for itself.
function sign(form: Record<string, string>, { token = shop.authToken, path = "/sms" } = {}): string {
  const signed = Object.keys(form)
    .sort()
    .map((name) => name + form[name]);
  return createHmac("sha1", token)
    .update(parley.url + path + signed.join(""))
    .digest("base64");
}

function post(form: Record<string, string>, signature: string | undefined, path = "/sms") {
  const request = visit(parley.url).agent.post(path).type("form");
  return (signature === undefined ? request : request.set("X-Twilio-Signature", signature)).send(form);
}

const chatWith = async (target: string, twilioNumber = shopNumber) =>
  (await visitor.get(`/chat/${encodeURIComponent(twilioNumber)}/${encodeURIComponent(target)}`)).text;

test("a signed text is stored and answered with an empty TwiML", async () => {
  const form = text({ Body: "Do you open on Sundays? <b>&amp;</b>" });
  const answer = await post(form, sign(form));
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toMatch(/^text\/xml/);
  expect(answer.text).toMatch(/<Response\/>$/);
  expect(await chatWith(ben)).toContain("Do you open on Sundays? &lt;b&gt;&amp;amp;&lt;/b&gt;");
});

test("a text belongs to one conversation only", async () => {
  const form = text({ From: anna, To: londonNumber, Body: "For London" });
  await post(form, sign(form));
  expect(await chatWith(anna, londonNumber)).toContain("For London");
  expect(await chatWith(anna, shopNumber)).not.toContain('<div class="bubble">For London');
});

test("the same MessageSid, five times at once and once later, is one message", async () => {
  const form = text({ Body: "Only once" });
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(form, sign(form))));
  answers.push(await post(form, sign(form)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect((await chatWith(ben)).match(/class="bubble">Only once/g)).toHaveLength(1);
});

test("a STOP that comes again after START opts nobody out again", async () => {
  const carol = "+15012080777";
  const say = async (Body: string, MessageSid: string) => {
    const form = text({ Body, MessageSid, From: carol });
    expect((await post(form, sign(form))).status).toBe(200);
  };
  const [stop, start] = [`SM${"a1".repeat(16)}`, `SM${"a2".repeat(16)}`];
  await say("STOP", stop);
  expect(await chatWith(carol)).toContain('data-state="opted-out"');
  await say("START", start);
  await say("STOP", stop);
  expect(await chatWith(carol)).toContain('data-state="open"');
});

test("a missing, a wrong and a stolen signature store nothing", async () => {
  const form = text({ Body: "Forged" });
  const statuses = [
    await post(form, undefined),
    await post(form, "AAAA"),
    await post(form, sign(form, { token: "another token" })),
    await post({ ...form, Body: "Forged, changed" }, sign(form)),
    await post(form, sign(form, { path: "/sms/status" })),
  ].map(({ status }) => status);
  expect(statuses).toEqual([403, 403, 403, 403, 403]);
  expect(await chatWith(ben)).not.toContain("Forged");
});

test("an account that nobody is signed in to is refused", async () => {
  const form = text({ AccountSid: `AC${"00".repeat(16)}` });
  expect((await post(form, sign(form))).status).toBe(403);
});

test("what is no form from Twilio is a bad request", async () => {
  expect((await post({ hello: "there" }, "x")).status).toBe(400);
  expect((await visit(parley.url).agent.post("/sms").type("json").send("{}")).status).toBe(400);
  expect((await visit(parley.url).agent.post("/sms")).status).toBe(400);
});

test("a status moves a message forward only", async () => {
  const page = await visitor.get(`/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(anna)}`);
  const formId = /name="formId" value="([0-9a-f-]{36})"/.exec(page.text)?.[1] ?? "";
  await visitor.submit(
    "/chat",
    `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(anna)}/messages`,
    { formId, body: "On its way" },
  );
  const sid =
    parley.sandbox.world.messages(shop.accountSid).find(({ body }) => body === "On its way")?.sid ?? "";
  const callback = (MessageStatus: string, ErrorCode = "") => {
    const form = {
      AccountSid: shop.accountSid,
      MessageSid: sid,
      MessageStatus,
      ...(ErrorCode ? { ErrorCode } : {}),
    };
    return post(form, sign(form, { path: "/sms/status" }), "/sms/status");
  };
  expect((await callback("undelivered", "30003")).status).toBe(204);
  expect((await callback("sent")).status).toBe(204);
  const thread = await chatWith(anna);
  expect(thread).toContain("Not delivered");
  expect(thread).toContain("Error 30003");
});
