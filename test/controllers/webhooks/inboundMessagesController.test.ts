import { afterAll, beforeAll, expect, test } from "vitest";
import { bubbles, chatPath } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { postForm, postSigned, sign, textForm } from "../../support/twilioForms.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const post = (form: Record<string, string>) => postSigned(parley.url, form);
const chatWith = async (target: string, twilioNumber = shopNumber) =>
  (await visitor.get(chatPath(target, twilioNumber))).text;

test("a signed text is stored and answered with an empty TwiML", async () => {
  const answer = await post(textForm({ Body: "Do you open on Sundays? <b>&amp;</b>" }));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
  expect(await answer.text()).toMatch(/<Response\/>$/);
  expect(bubbles(await chatWith(ben))).toContain("Do you open on Sundays? &lt;b&gt;&amp;amp;&lt;/b&gt;");
});

test("a text belongs to one conversation only", async () => {
  await post(textForm({ From: anna, To: londonNumber, Body: "For London" }));
  expect(bubbles(await chatWith(anna, londonNumber))).toContain("For London");
  expect(bubbles(await chatWith(anna))).not.toContain("For London");
});

test("the same MessageSid, five times at once and once later, is one message", async () => {
  const form = textForm({ Body: "Only once" });
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(form)));
  answers.push(await post(form));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(bubbles(await chatWith(ben)).filter((body) => body === "Only once")).toHaveLength(1);
});

test("a STOP that comes again after START opts nobody out again", async () => {
  const carol = "+15012080777";
  const say = async (Body: string, MessageSid: string) => {
    expect((await post(textForm({ Body, MessageSid, From: carol }))).status).toBe(200);
  };
  const [stop, start] = [`SM${"a1".repeat(16)}`, `SM${"a2".repeat(16)}`];
  await say("STOP", stop);
  expect(await chatWith(carol)).toContain('data-state="opted-out"');
  await say("START", start);
  await say("STOP", stop);
  expect(await chatWith(carol)).toContain('data-state="open"');
});

test("a signed form that is no text is a bad request", async () => {
  const answer = await post(textForm({ From: "" }));
  expect([answer.status, await answer.text()]).toEqual([400, "This is not a text from Twilio.\n"]);
});

test("a status that was sent to the wrong address of ours counts all the same", async () => {
  const { MessageSid, AccountSid, From, To } = textForm({ From: shopNumber, To: anna });
  const form = { MessageSid, AccountSid, From, To, MessageStatus: "delivered" } as Record<string, string>;
  const answer = await postForm(`${parley.url}/sms`, form, sign(`${parley.url}/sms`, form));
  expect(answer.status).toBe(200);
});
