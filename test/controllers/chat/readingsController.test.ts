import { afterAll, beforeAll, expect, test } from "vitest";
import { inbound } from "../../support/messages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

const pair = { twilioNumber: shopNumber, target: ben };
const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  const { messages } = parley.server.dependencies.models;
  await messages.hear(shop.accountSid, inbound({ ...pair, body: "Are you there?" }), "webhook");
});
afterAll(() => parley.close());

const unread = async () =>
  (await parley.server.dependencies.models.conversations.find(shop.accountSid, pair))?.unread;

test("another account reads nothing here", async () => {
  const other = visit(parley.url);
  await other.signIn(beginner);
  expect((await other.submit("/chat", `${chat}/readings`, {})).status).toBe(404);
  expect(await unread()).toBe(1);
});

test("without the page's token nothing is read", async () => {
  expect((await visitor.agent.post(`${chat}/readings`)).status).toBe(403);
  expect(await unread()).toBe(1);
});

test("looking at an open conversation leaves nothing unread, and shows nothing", async () => {
  const answer = await visitor.submit("/chat", `${chat}/readings`, {});
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect(await unread()).toBe(0);
});

test("nobody reads a conversation that is none", async () => {
  const nobody = chat.replace(encodeURIComponent(ben), encodeURIComponent(anna.replace("0731", "0000")));
  expect((await visitor.submit("/chat", `${nobody}/readings`, {})).status).toBe(404);
});
