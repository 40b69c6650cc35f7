import { afterAll, beforeAll, expect, test } from "vitest";
import { inbound } from "../../support/messages.ts";
import { alerts, bubbles, chatPath, link, people } from "../../support/pages.ts";
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

test("a long thread shows its newest fifty, then fifty at a time before those", async () => {
  const page = await visitor.get(chatPath(ben));
  expect([bubbles(page.text).length, bubbles(page.text).at(-1)]).toEqual([50, "Text 99"]);
  const earlier = await visitor.get(link(page.text, "Show earlier messages"));
  expect([bubbles(earlier.text)[0], bubbles(earlier.text).at(-1)]).toEqual(["Text 0", "Text 49"]);
  expect(earlier.text).not.toContain("Show earlier messages");
  expect(link(earlier.text, "Show the newest messages")).toBe(chatPath(ben));
  const foreign = await visitor.get(
    `${chatPath(anna)}?${link(page.text, "Show earlier messages").split("?")[1]}`,
  );
  expect(foreign.status).toBe(404);
});

test("an open page grows by what it lacks alone, and by fifty rows at most, whatever is asked", async () => {
  const stream = { Accept: "text/vnd.turbo-stream.html" };
  for (let count = 10; count < 70; count += 1) await hear("Hello", `+150120900${count}`);
  const first = await visitor.get(`/chat?number=${encodeURIComponent(shopNumber)}&pages=40&more=100`);
  expect(people(first.text)).toHaveLength(50);
  const grown = await visitor.get(link(first.text, "Show more")).set(stream);
  expect(grown.text).toMatch(/^\s*<turbo-stream action="grow" target="conversations_[^"]+">/);
  expect(new Set([...people(first.text), ...people(grown.text)]).size).toBe(60 + 2);
  const thread = await visitor.get(chatPath(ben));
  const earlier = await visitor.get(link(thread.text, "Show earlier messages")).set(stream);
  expect([bubbles(earlier.text).length, people(earlier.text).length]).toEqual([50, 0]);
});

test("what the address asks for in vain is ignored", async () => {
  const page = await visitor.get(
    "/chat?after=&at=x&before=&pane=attic&number=&q=a&q=b&ahead=soon&around=&find=",
  );
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

test("an address in a text is a link, and nothing else in it is markup", async () => {
  await hear(`<b>https://a.example/?q=1&r="></b> <script>alert(1)</script> javascript:alert(2)`, anna);
  const { text } = await visitor.get(chatPath(anna));
  expect(text).toContain('&lt;b&gt;<a href="https://a.example/?q=1&amp;r=');
  expect(text).toContain('target="_blank" rel="noopener noreferrer">https://a.example/?q=1&amp;r=');
  expect(text).toContain("&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(2)");
  expect(text).not.toContain('href="javascript');
});

test("a thread says by name where the same person is talked with, too", async () => {
  const models = parley.server.dependencies.models;
  const text = inbound({ body: "Over there", target: anna, twilioNumber: londonNumber, at: new Date() });
  await models.messages.hear(shop.accountSid, text, "webhook");
  const page = (await visitor.get(chatPath(anna))).text;
  expect(page).toMatch(/from Shop · \+1 501 443 4496/);
  expect(page).toMatch(/also with <a href="[^"]*">London: 1 unread<\/a>/);
  expect((await visitor.get(chatPath(anna, londonNumber))).text).toMatch(/also with <a href="[^"]*">Shop/);
});

test("a conversation that is still to come from Twilio is waited for, not missed", async () => {
  const { syncs } = parley.server.dependencies.store;
  const unknown = chatPath("+15017777777");
  expect((await visitor.get(unknown)).status).toBe(404);
  const before = await syncs.find(shop.accountSid);
  await syncs.update(shop.accountSid, { state: "waiting" });
  const page = await visitor.get(unknown);
  expect([page.status, page.text.includes("Reading this conversation from Twilio…")]).toEqual([200, true]);
  await syncs.update(shop.accountSid, { state: before.state });
});
