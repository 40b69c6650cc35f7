import { afterEach, beforeEach, expect, test } from "vitest";
import { startParley, type Parley } from "../../support/parley.ts";
import { shop } from "../../support/people.ts";
import { postForm, postSigned, sign, textForm } from "../../support/twilioForms.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { watch } from "../../support/watching.ts";

let parley: Parley;
let visitor: Visitor;
beforeEach(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterEach(() => parley.close());

const kept = () => parley.server.dependencies.store.refusals.list(shop.accountSid, 200);

test("a genuine text that came to another address is told on the page with the way out, until one arrives", async () => {
  const page = await watch(parley, visitor);
  const form = textForm({ Body: "The private part" });
  const signedUrl = `${parley.url.replace("http:", "https:")}/sms`;
  expect((await postForm(`${parley.url}/sms`, form, sign(signedUrl, form))).status).toBe(403);
  const chat = async () => (await visitor.get("/chat")).text;
  await expect.poll(chat).toContain("was refused");
  await page.until("renew");
  const text = await chat();
  expect(text).toContain(`Twilio signed it for <code>${signedUrl}</code>`);
  expect(text).toContain("set <code>PUBLIC_URL</code>");
  expect(JSON.stringify(await kept())).not.toContain("private");
  await postSigned(parley.url, textForm());
  await expect.poll(async () => (await visitor.get("/chat")).text).not.toContain("was refused");
});

test("who forges one after the other is seen once, and writes nothing on the page", async () => {
  const page = await watch(parley, visitor);
  const forge = (query: string) => postForm(`${parley.url}/sms?${query}`, textForm(), "forged");
  await forge("CALL-900");
  const chat = async () => (await visitor.get("/chat")).text;
  await expect.poll(chat).toContain("was refused");
  await page.until("renew");
  const text = await chat();
  expect(text).not.toContain("CALL-900");
  const { events } = parley.server.dependencies.store;
  const cursor = await events.cursor();
  await expect.poll(async () => (await forge("again"), (await kept()).length)).toBe(2);
  expect(await events.cursor()).toBe(cursor);
});

test("a form longer than any of Twilio's is not looked into", async () => {
  const forge = (path: string, Body: string) =>
    postForm(parley.url + path, textForm({ Body, MessageStatus: "sent" }), "forged");
  expect((await forge("/sms", "x".repeat(25_000))).status).toBe(403);
  expect((await forge("/sms/status", "short")).status).toBe(403);
  await expect
    .poll(async () => (await kept()).map(({ expectedUrl }) => expectedUrl))
    .toEqual([`${parley.url}/sms/status`]);
});

test("the last hundred are kept, and those of nobody not at all", async () => {
  const { refusals } = parley.server.dependencies.store;
  const refusal = { at: new Date(), reason: "token" as const, expectedUrl: "x", signedUrl: null };
  for (let count = 0; count < 103; count += 1)
    await refusals.add(shop.accountSid, { ...refusal, expectedUrl: String(count) });
  expect((await kept()).map(({ expectedUrl }) => expectedUrl)).toEqual(
    Array.from({ length: 100 }, (_, index) => String(102 - index)),
  );
  const stranger = textForm({ AccountSid: `AC${"0".repeat(32)}` });
  expect((await postForm(`${parley.url}/sms`, stranger, "x")).status).toBe(403);
});
