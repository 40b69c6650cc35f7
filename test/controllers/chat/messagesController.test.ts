import { afterAll, beforeAll, expect, test } from "vitest";
import { inbound } from "../../support/messages.ts";
import { chatPath, heading } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { hidden, visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await add(anna);
});
afterAll(() => parley.close());

const add = (phoneNumber: string) =>
  visitor.submit("/chat", "/targets", { phoneNumber, twilioNumber: shopNumber });
const told = (body: string) => inbound({ body, twilioNumber: shopNumber, target: ben, at: new Date() });
const sent = (text: string) =>
  parley.sandbox.world.messages(shop.accountSid).filter(({ body }) => body === text);

async function send(body: string, target = anna) {
  const formId = hidden((await visitor.get(chatPath(target))).text, "formId");
  const fields = { formId, body };
  return { fields, answer: await visitor.submit(chatPath(target), `${chatPath(target)}/messages`, fields) };
}

test("one form sent five times at once is one message at Twilio", async () => {
  const formId = hidden((await visitor.get(chatPath(anna))).text, "formId");
  const again = () =>
    visitor.submit(chatPath(anna), `${chatPath(anna)}/messages`, { formId, body: "Once, please" });
  const answers = await Promise.all([again(), again(), again(), again(), again()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  await again();
  expect(sent("Once, please")).toHaveLength(1);
});

test("Back, a change and Send is another message", async () => {
  const { fields } = await send("Firts");
  await visitor.submit(chatPath(anna), `${chatPath(anna)}/messages`, { ...fields, body: "First" });
  expect([sent("Firts").length, sent("First").length]).toEqual([1, 1]);
});

test("line ends arrive as they were typed", async () => {
  await send("one\r\ntwo");
  expect(sent("one\ntwo")).toHaveLength(1);
});

test.each([
  ["nothing", "   ", "Type a message first"],
  ["more than 1,600 characters", "x".repeat(1601), "this one has 1,601"],
])("%s is refused and the text kept", async (_what, body, sentence) => {
  const { answer } = await send(body);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  if (body.trim()) expect(answer.text).toContain(`>${body}</textarea>`);
  expect(sent(body)).toHaveLength(0);
});

test("somebody who texted STOP gets no more calls to Twilio until they text START", async () => {
  await add(ben);
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: " Stop " });
  await parley.server.dependencies.models.messages.hear(shop.accountSid, told(" Stop "), "webhook");
  expect((await visitor.get(chatPath(ben))).text).toContain("Opted out");
  const formId = "somebody-insists";
  const answer = await visitor.submit(chatPath(anna), `${chatPath(ben)}/messages`, {
    formId,
    body: "Please come back",
  });
  expect(answer.status).toBe(422);
  expect(sent("Please come back")).toHaveLength(0);
  await parley.server.dependencies.models.messages.hear(shop.accountSid, told("start"), "webhook");
  expect((await visitor.get(chatPath(ben))).text).not.toContain("Opted out");
});

test("nobody sees another account's conversation", async () => {
  await send("For my own eyes");
  const stranger = visit(parley.url);
  await stranger.signIn(beginner);
  expect((await stranger.get(chatPath(anna))).status).toBe(404);
  expect((await stranger.get("/chat")).text).not.toContain("For my own eyes");
  const answer = await stranger.submit("/chat", `${chatPath(anna)}/messages`, {
    formId: "12345678",
    body: "Not mine",
  });
  expect(answer.status).toBe(404);
});

test("a number that is not the account's has no conversations and sends nothing", async () => {
  const foreign = chatPath(anna, "+15005550123");
  expect((await visitor.get(foreign)).status).toBe(404);
  const answer = await visitor.submit(chatPath(anna), `${foreign}/messages`, {
    formId: "from-nowhere",
    body: "Psst",
  });
  expect(answer.status).toBe(404);
  expect(sent("Psst")).toHaveLength(0);
});

test("a form that lost a part is refused in a sentence, and the text stays", async () => {
  const answer = await visitor.submit(chatPath(anna), `${chatPath(anna)}/messages`, { body: "Keep me" });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("Send your message again");
  expect(answer.text).toContain(">Keep me</textarea>");
});

test("a text to somebody who is no target is an error page, since no thread can give it back", async () => {
  const nobody = chatPath("+15012080000");
  const fields = { formId: "to-nobody-at-all", body: "Anyone?" };
  const answer = await visitor.submit(chatPath(anna), `${nobody}/messages`, fields);
  expect([answer.status, heading(answer.text)]).toEqual([404, "Not found"]);
});
