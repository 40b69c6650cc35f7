import { afterAll, beforeAll, expect, test } from "vitest";
import { bubbles, chatPath } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { ben, shop } from "../support/people.ts";
import { postForm, postSigned, sign, textForm } from "../support/twilioForms.ts";
import { visit, type Visitor } from "../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await postSigned(parley.url, textForm({ Body: "Genuine" }));
});
afterAll(() => parley.close());

const sms = () => `${parley.url}/sms`;

test("a missing, a wrong and a stolen signature store nothing", async () => {
  const form = textForm({ Body: "Forged" });
  const answers = [
    await postForm(sms(), form),
    await postForm(sms(), form, "AAAA"),
    await postForm(sms(), form, sign(sms(), form, "another token")),
    await postForm(sms(), { ...form, Body: "Forged, changed" }, sign(sms(), form)),
    await postForm(sms(), form, sign(`${sms()}/status`, form)),
    await postForm(`${sms()}/status`, form, sign(sms(), form)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  expect(bubbles((await visitor.get(chatPath(ben))).text)).toEqual(["Genuine"]);
});

test("an account that nobody is signed in to is refused in the same words as a wrong signature", async () => {
  const answer = await postSigned(parley.url, textForm({ AccountSid: `AC${"00".repeat(16)}` }));
  const wrong = await postForm(sms(), textForm(), "x");
  const words = "The signature is none of an account that is signed in here.\n";
  for (const each of [answer, wrong]) expect([each.status, await each.text()]).toEqual([403, words]);
});

test("what is no form from Twilio is a bad request", async () => {
  expect((await postForm(sms(), { hello: "there" }, "x")).status).toBe(400);
  expect((await postForm(sms(), {})).status).toBe(400);
  for (const AccountSid of ["x".repeat(100_000), `AC${"g".repeat(32)}`, shop.accountSid.toLowerCase()])
    expect((await postForm(sms(), textForm({ AccountSid }), "x")).status).toBe(400);
  const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  expect((await fetch(sms(), json)).status).toBe(400);
});

test("a field with brackets in its name does not break the signature", async () => {
  expect((await postSigned(parley.url, textForm({ "a[b]": "c", Body: "Bracketed" }))).status).toBe(200);
});
