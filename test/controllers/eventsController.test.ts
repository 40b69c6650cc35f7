import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { beginner, ben, newcomer, shop, shopNumber } from "../support/people.ts";
import { inbound } from "../support/messages.ts";
import { watch } from "../support/watching.ts";
import { visit, type Visitor } from "../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
let quiet: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  quiet = visit(parley.url);
  await quiet.signIn(newcomer);
});
afterAll(() => parley.close());

const models = () => parley.server.dependencies.models;
const hear = (body: string, target = ben) =>
  models().messages.hear(shop.accountSid, inbound({ body, target, twilioNumber: shopNumber }), "webhook");
const cursor = () => parley.server.dependencies.store.events.cursor();
const catchUp = (after: string | number, who = visitor) =>
  who.get(`/events?after=${after}`).set("Accept", "text/vnd.turbo-stream.html");
const refresh = '<turbo-stream action="renew" target=""><template></template></turbo-stream>';

test("a page that comes back hears what it missed, drawn as pages draw it", async () => {
  const before = await cursor();
  await hear("While you were away");
  const missed = await catchUp(before);
  expect(missed.headers["content-type"]).toMatch(/^text\/vnd\.turbo-stream\.html/);
  const now = Number(missed.headers["x-cursor"]);
  expect(now).toBeGreaterThan(before);
  expect(missed.text).toContain('<div class="bubble">While you were away</div>');
  expect(missed.text.match(/action="place"/g)).toHaveLength(2);
  expect((await catchUp(now)).text).not.toContain("While you were away");
});

test("a page of an account where little happened hears of it from the start on", async () => {
  const missed = await catchUp(0, quiet);
  expect(missed.text).not.toContain("renew");
});

test.each(["999999999999", "99999999999999999999999", "-1", "1e3", "x", "", "0.5"])(
  "a page that says it is at “%s” is drawn anew",
  async (after) => {
    const before = await cursor();
    const missed = await catchUp(encodeURIComponent(after), quiet);
    expect(missed.status).toBe(200);
    expect(missed.text).toBe(refresh);
    const now = Number(missed.headers["x-cursor"]);
    expect([now >= before, now <= (await cursor())]).toEqual([true, true]);
  },
);

test("the browser's own Last-Event-ID counts before the page's", async () => {
  const before = await cursor();
  await hear("Counted from the stream");
  const missed = await catchUp(0).set("Last-Event-ID", String(before));
  expect(missed.text.match(/class="bubble"/g)).toHaveLength(1);
});

test("a text full of line ends and fields breaks neither the stream nor the page", async () => {
  const stream = await watch(parley, visitor, await cursor());
  const name = "Mallory\rid: 999999999999\rdata: x\r\n\r\nevent: gone";
  await models().targets.rename(shop.accountSid, { twilioNumber: shopNumber, target: ben }, name);
  await hear("Hello\rid: 999999999999\rbye");
  await stream.until("bye</div>");
  await hear("After it");
  await stream.until("After it</div>");
  stream.close();
  const ids = stream
    .text()
    .split(/\r\n|\r|\n/)
    .flatMap((line) => /^id: (\d+)$/.exec(line)?.[1] ?? []);
  expect(ids.length).toBeGreaterThan(1);
  expect(Math.max(...ids.map(Number))).toBeLessThanOrEqual(await cursor());
  const page = await visitor.get(`/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`);
  expect(page.text).toContain("Hello\nid: 999999999999\nbye</div>");
});

test("nobody hears of another account", async () => {
  const other = visit(parley.url);
  await other.signIn(beginner);
  const stream = await watch(parley, other, await cursor());
  const before = await cursor();
  await hear("For the shop only");
  const { events } = parley.server.dependencies.store;
  await events.announce(beginner.accountSid, { kind: "refresh" });
  await stream.until(refresh);
  stream.close();
  expect(stream.text()).not.toContain("For the shop only");
  expect((await catchUp(before, other)).text).not.toContain("For the shop only");
});

test("a stranger's stream and catching up lead to the sign-in page", async () => {
  const stranger = visit(parley.url);
  expect((await catchUp(0, stranger)).status).toBe(303);
  expect((await stranger.get("/events").set("Accept", "text/event-stream")).status).toBe(303);
});

test("whoever signs out is shown out of every open page", async () => {
  const [one, two] = [visit(parley.url), visit(parley.url)];
  await one.signIn(beginner);
  await two.signIn(beginner);
  const stream = await watch(parley, two, await cursor());
  await one.submit("/chat", "/logout", {});
  await stream.until('action="leave"');
  stream.close();
});
