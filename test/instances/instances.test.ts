import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import type { LoggedCall } from "../../src/sandbox/world/callLog.ts";
import { startBalancer, type Balancer } from "../support/balancer.ts";
import { anna, ben, shop, shopNumber, shopSeed } from "../support/people.ts";
import { startInstance, type Instance } from "../support/processes.ts";
import { openTestStore, type TestStore } from "../support/stores.ts";
import { postSigned, textForm } from "../support/twilioForms.ts";
import { visit, type Visitor } from "../support/visitor.ts";
import { watch } from "../support/watching.ts";

const quick = { quickPollMs: 50 };
const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;
const pair = { twilioNumber: shopNumber, target: ben };

let sandbox: Sandbox;
let database: TestStore;
let one: Instance;
let two: Instance;
let balancer: Balancer;
const instances: Instance[] = [];
let visitor: Visitor;
let pages: Awaited<ReturnType<typeof watch>>[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ seed: shopSeed() });
  database = await openTestStore("postgres");
  balancer = await startBalancer(instances);
  const shared = {
    PUBLIC_URL: balancer.url,
    DATABASE_URL: database.options.databaseUrl ?? "",
    SESSION_SECRET: database.options.secret,
  };
  // Under a name of its own each, so that the sandbox's log tells who called.
  const start = (dataDir: string, TWILIO_API_URL: string) =>
    startInstance({ ...shared, DATA_DIR: `${database.options.dataDir}/${dataDir}`, TWILIO_API_URL }, quick);
  [one, two] = await Promise.all([
    start("one", sandbox.url),
    start("two", sandbox.url.replace("127.0.0.1", "localhost")),
  ]);
  instances.push(one, two);
  visitor = visit(one.url);
  await visitor.signIn(shop);
});
afterEach(() => {
  for (const page of pages) page.close();
  pages = [];
});
afterAll(async () => {
  await Promise.all([one.end(), two.end(), balancer.close()]);
  await sandbox.close();
  await database.close();
});

/** A page that hears of everything from now on. */
async function open(instance: Instance) {
  const page = await watch(instance, visitor, await database.store.events.cursor());
  pages.push(page);
  await page.until("id: ");
  return page;
}

/** The next look at the message log. */
async function nextPoll(by?: Instance): Promise<Instance> {
  for (;;) {
    const [call] = (await once(sandbox.world.events, "call")) as [LoggedCall];
    const caller = call.requestHeaders.host?.startsWith("localhost") ? two : one;
    const isPoll = call.method === "GET" && call.url.includes("/Messages.json") && call.status === 200;
    if (isPoll && (by === undefined || caller === by)) return caller;
  }
}

const post = (to: Instance, form: Record<string, string>) => postSigned(to.url, form, balancer.url);

async function unread(): Promise<number | undefined> {
  return (await database.store.conversations.find(shop.accountSid, pair))?.unread;
}

test("who signs in on one instance is signed in on the other", async () => {
  const page = await visit(two.url).get("/chat").set("cookie", visitor.cookie());
  expect(page.status).toBe(200);
  expect(page.text).toContain("Walnut &amp; Sons");
});

test("a text that one instance receives appears on the pages of the other", async () => {
  const page = await open(two);
  expect((await post(one, textForm({ Body: "Through the wall" }))).status).toBe(200);
  await page.until("Through the wall");
});

test("one webhook, five times at once on both instances, is one message and one unread", async () => {
  await visitor.get(chat);
  const form = textForm({ Body: "Only once" });
  const answers = await Promise.all(
    [one, two].flatMap((to) => Array.from({ length: 5 }, () => post(to, form))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(await unread()).toBe(1);
  expect((await visitor.get(chat)).text.match(/class="bubble">Only once/g)).toHaveLength(1);
});

test("with pages open on both, one instance polls; when it stops, the other takes over", async () => {
  await database.store.syncs.update(shop.accountSid, { webhookAt: null });
  const onOne = await open(one);
  const onTwo = await open(two);
  const poller = await nextPoll();
  const pollers = [await nextPoll(), await nextPoll(), await nextPoll(), await nextPoll(), await nextPoll()];
  expect(pollers).toEqual(Array(5).fill(poller));
  const other = poller === one ? two : one;
  const takenOver = nextPoll(other);
  expect(await poller.end()).toBe(0);
  await takenOver;
  await sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "Still there?" });
  await (other === one ? onOne : onTwo).until("Still there?");
  await poller.start();
});

test("a rolling restart while texts arrive loses and repeats nothing", async () => {
  await visitor.get(chat);
  const number = sandbox.world.accounts.get(shop.accountSid)?.numberFor(shopNumber);
  if (number) number.settings.SmsUrl = `${balancer.url}/sms#rc=5&rp=all`;
  let restarting = true;
  const sent: { sid: string; body: string }[] = [];
  const statuses = new Set<number | undefined>();
  const texting = Array.from({ length: 8 }, async (_, phone) => {
    for (let count = 0; restarting; count += 1) {
      const text = { from: ben, to: shopNumber, body: `Phone ${phone}, text ${count}` };
      const { message, delivery } = await sandbox.world.phoneTexts(text);
      sent.push({ sid: message.sid, body: message.body });
      statuses.add(delivery?.status);
    }
  });
  try {
    for (const instance of [one, two]) {
      const stoppedAt = Date.now();
      expect(await instance.end()).toBe(0);
      expect(Date.now() - stoppedAt).toBeLessThan(5_000);
      await instance.start();
    }
  } finally {
    restarting = false;
    await Promise.all(texting);
  }
  expect([...statuses]).toEqual([200]);
  const kept = await database.store.messages.thread(shop.accountSid, pair, { limit: 100_000 });
  const arrived = kept.filter(({ body }) => body.startsWith("Phone "));
  const words = (messages: { sid: string | null; body: string }[]) =>
    messages.map(({ sid, body }) => `${sid} ${body}`).sort();
  expect(words(arrived)).toEqual(words(sent));
  expect(await unread()).toBe(sent.length);
});
