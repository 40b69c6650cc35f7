import { afterAll, beforeAll, expect, test } from "vitest";
import { inbound } from "../../support/messages.ts";
import { alerts, bubbles, chatPath, people } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, beginner, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  const { syncs } = parley.server.dependencies.store;
  await eventually(parley, async () => (await syncs.find(shop.accountSid)).state === "done");
});
afterAll(() => parley.close());

const hear = (body: string, target: string) =>
  parley.server.dependencies.models.messages.hear(
    shop.accountSid,
    inbound({ body, target, twilioNumber: shopNumber, at: new Date() }),
    "webhook",
  );

test("the address names the pair: its thread is shown, and that of no other number", async () => {
  const page = (await visitor.get(chatPath(anna))).text;
  expect(bubbles(page)).toEqual(["Is the walnut shelf still there?", "Yes, the last one."]);
  expect(page).toContain('aria-current="true"');
  expect((await visitor.get("/chat/+15014434496/+15012080731")).text).toContain("walnut shelf");
  expect((await visitor.get(chatPath(anna, londonNumber))).text).not.toContain("walnut shelf still");
});

test("without a number, the chat is that of the newest conversation's number", async () => {
  const page = (await visitor.get("/chat")).text;
  expect(people(page)).toEqual(["+1 501 208 0731"]);
  expect(bubbles(page)).toEqual([]);
  expect((await visitor.get(`/chat?number=${encodeURIComponent(londonNumber)}`)).text).toContain(
    `name="number" value="${londonNumber}"`,
  );
});

test("opening a conversation leaves nothing unread; a count over 99 fits its badge", async () => {
  for (let count = 0; count < 100; count += 1) await hear(`Text ${count}`, ben);
  expect((await visitor.get("/chat")).text.match(/class="count">99\+</g)).toHaveLength(2);
  await visitor.get(chatPath(ben));
  expect((await visitor.get("/chat")).text).not.toContain('class="count"');
});

test("a long thread shows its newest fifty, and earlier ones when asked", async () => {
  const page = await visitor.get(chatPath(ben));
  expect([bubbles(page.text).length, bubbles(page.text).at(-1)]).toEqual([50, "Text 99"]);
  expect(page.text).toContain("Show earlier messages");
  expect(bubbles((await visitor.get(`${chatPath(ben)}?pages=2`)).text)).toHaveLength(100);
});

test("a search finds names and numbers, and says when it finds nobody", async () => {
  await visitor.submit("/chat", `${chatPath(ben)}/name`, { name: "Ben Okafor" });
  expect(people((await visitor.get("/chat?search=okaf")).text)).toEqual(["Ben Okafor"]);
  const nobody = (await visitor.get("/chat?search=%3Czzz%3E")).text;
  expect(people(nobody)).toEqual([]);
  expect(nobody).toContain("Nobody here is called “&lt;zzz&gt;”.");
});

test("what the address asks for in vain is ignored", async () => {
  const page = await visitor.get("/chat?more=-1&pages=x&pane=attic&number=&search=a&search=b");
  expect(page.status).toBe(200);
});

test("editing fills the field with the text of a message, and only with one of one's own", async () => {
  const { conversations, messages } = parley.server.dependencies.store;
  const pair = { twilioNumber: shopNumber, target: ben };
  const [last] = await messages.thread(shop.accountSid, pair, { limit: 1 });
  expect(await conversations.find(shop.accountSid, pair)).toBeDefined();
  const page = await visitor.get(`${chatPath(ben)}?edit=${last?.id}`);
  expect(page.text).toContain(">Text 99</textarea>");
  expect((await visitor.get(`${chatPath(ben)}?edit=nothing`)).status).toBe(404);
});

test("nobody sees another account's conversation", async () => {
  const stranger = visit(parley.url);
  await stranger.signIn(beginner);
  expect((await stranger.get(chatPath(anna))).status).toBe(404);
  expect((await stranger.get("/chat")).text).not.toContain("walnut");
});

test("a target that is not among one's own is said to be missing", async () => {
  const answer = await visitor.get(chatPath("+15012080000"));
  expect(answer.status).toBe(404);
  expect(alerts(answer.text)).toEqual([
    "That number is not among your target numbers. Add it with the + button.",
  ]);
  expect((await visitor.get(chatPath(anna, "+15005550123"))).status).toBe(404);
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
