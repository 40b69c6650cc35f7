import { afterAll, beforeAll, expect, test } from "vitest";
import { anna, beginner, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
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

const path = (target: string, twilioNumber = shopNumber) =>
  `/chat/${encodeURIComponent(twilioNumber)}/${encodeURIComponent(target)}`;
const add = (phoneNumber: string, twilioNumber = shopNumber) =>
  visitor.submit("/chat", "/targets", { phoneNumber, twilioNumber });
const people = async () =>
  [...(await visitor.get("/chat")).text.matchAll(/class="person__name">([^<]+)/g)].map(([, name]) => name);
const sent = (text: string) =>
  parley.sandbox.world.messages(shop.accountSid).filter(({ body }) => body === text);

async function send(body: string, target = anna) {
  const formId = hidden((await visitor.get(path(target))).text, "formId");
  const fields = { formId, body };
  return { fields, answer: await visitor.submit(path(target), `${path(target)}/messages`, fields) };
}

test.each([
  ["(501) 208-0947", shopNumber, "+15012080947"],
  ["501.208.0947", shopNumber, "+15012080947"],
  ["+44 20 7946 0018", shopNumber, "+442079460018"],
  ["020 7946 0018", londonNumber, "+442079460018"],
  ["0044 20 7946 0018", londonNumber, "+442079460018"],
])("%s, added at %s, is %s", async (typed, twilioNumber, target) => {
  expect((await add(typed, twilioNumber)).headers.location).toBe(path(target, twilioNumber));
});

test.each(["12345", "hello", "", "+1 501", shopNumber])(
  "“%s” is refused with an alert, kept as typed, and not added",
  async (typed) => {
    const before = await people();
    const answer = await add(typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/role="alert">[^<]+/);
    if (typed) expect(/role="alert">([^<]+)/.exec(answer.text)?.[1]).toContain(typed);
    expect(hidden(answer.text, "phoneNumber") || typed).toBe(typed);
    expect(await people()).toEqual(before);
  },
);

test("a name given to a target is shown instead of its number", async () => {
  await visitor.submit(path(anna), `${path(anna)}/name`, { name: "  Anna Lindqvist " });
  const page = (await visitor.get(path(anna))).text;
  expect(page).toContain('<span class="person__name">Anna Lindqvist</span>');
  await visitor.submit(path(anna), `${path(anna)}/name`, { name: "" });
  expect((await visitor.get(path(anna))).text).not.toContain("Lindqvist");
});

test("one form sent five times at once is one message at Twilio", async () => {
  const formId = hidden((await visitor.get(path(anna))).text, "formId");
  const again = () => visitor.submit(path(anna), `${path(anna)}/messages`, { formId, body: "Once, please" });
  const answers = await Promise.all([again(), again(), again(), again(), again()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  await again();
  expect(sent("Once, please")).toHaveLength(1);
});

test("Back, a change and Send is another message", async () => {
  const { fields } = await send("Firts");
  await visitor.submit(path(anna), `${path(anna)}/messages`, { ...fields, body: "First" });
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
  await parley.server.dependencies.models.messages.hear(shop.accountSid, inbound(ben, " Stop "), "webhook");
  expect((await visitor.get(path(ben))).text).toContain("Opted out");
  const formId = "somebody-insists";
  const answer = await visitor.submit(path(anna), `${path(ben)}/messages`, {
    formId,
    body: "Please come back",
  });
  expect(answer.status).toBe(422);
  expect(sent("Please come back")).toHaveLength(0);
  await parley.server.dependencies.models.messages.hear(shop.accountSid, inbound(ben, "start"), "webhook");
  expect((await visitor.get(path(ben))).text).not.toContain("Opted out");
});

let serial = 0;

function inbound(target: string, body: string) {
  serial += 1;
  const sid = `SM${serial.toString(16).padStart(32, "f")}`;
  const at = new Date(Date.now() + serial);
  const rest = {
    status: "received",
    errorCode: null,
    errorMessage: null,
    numMedia: 0,
    serviceSid: null,
  } as const;
  return { sid, twilioNumber: shopNumber, target, direction: "inbound" as const, body, at, ...rest };
}

test("nobody sees another account's conversation", async () => {
  await send("For my own eyes");
  const stranger = visit(parley.url);
  await stranger.signIn(beginner);
  expect((await stranger.get(path(anna))).status).toBe(404);
  expect((await stranger.get("/chat")).text).not.toContain("For my own eyes");
  const answer = await stranger.submit("/chat", `${path(anna)}/messages`, {
    formId: "12345678",
    body: "Not mine",
  });
  expect(answer.status).toBe(404);
});

test.each(["/chat/x/y", "/chat/%2B1/%00", "/nothing", "/admin/numbers/new?phoneNumber=%2B1"])(
  "%s is a page with a sentence",
  async (address) => {
    const answer = await visitor.get(address);
    expect([200, 404]).toContain(answer.status);
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).not.toMatch(/at .*\.ts:\d+/);
  },
);

test("a number that is not the account's has no conversations and sends nothing", async () => {
  const foreign = path(anna, "+15005550123");
  expect((await visitor.get(foreign)).status).toBe(404);
  const answer = await visitor.submit(path(anna), `${foreign}/messages`, {
    formId: "from-nowhere",
    body: "Psst",
  });
  expect(answer.status).toBe(404);
  expect((await add(ben, "garbage")).status).toBe(404);
  expect(sent("Psst")).toHaveLength(0);
});

test("a form that lost a part is refused in a sentence, and the text stays", async () => {
  const answer = await visitor.submit(path(anna), `${path(anna)}/messages`, { body: "Keep me" });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("Send your message again");
  expect(answer.text).toContain(">Keep me</textarea>");
});
