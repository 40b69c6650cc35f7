import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { openStore } from "../../../src/store/store.ts";
import { anna, ben, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { startParley, type Parley, type ParleyOptions } from "../../support/parley.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually, watch } from "../../support/watching.ts";

const quick = { quickPollMs: 60, slowPollMs: 60_000, patience: { stuckMs: 0, indexLagMs: 0 } };
const chat = (target: string) => `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(target)}`;

let parley: Parley;
let visitor: Visitor;
let page: Awaited<ReturnType<typeof watch>> | undefined;
afterEach(async () => {
  page?.close();
  await parley.close();
});

async function open(options: ParleyOptions = {}) {
  parley = await startParley({ publicUrl: "none", tuning: quick, ...options });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await eventually(parley, async () => (await sync()).state === "done");
  page = await watch(parley, visitor);
}

const sync = () => parley.server.dependencies.models.history.progress(shop.accountSid);
const read = async (target: string) => (await visitor.get(chat(target))).text;
const shows = (target: string, part: string) =>
  eventually(parley, async () => (await read(target)).includes(part));
const logged = (body: string) =>
  parley.sandbox.world.messages(shop.accountSid).find((message) => message.body === body);

test("without a public address a text arrives all the same, and so does HELP", async () => {
  await open();
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Anybody there?" });
  await page?.until("Anybody there?");
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "HELP" });
  await page?.until("HELP");
  expect((await visitor.get("/chat")).text).toContain("Set <code>PUBLIC_URL</code> for instant delivery");
});

test("what came while Parley was down is there afterwards, in order, unread, once", async () => {
  await open();
  page?.close();
  await parley.stop();
  const words = ["one", "two", "three"];
  for (const [index, body] of words.entries()) {
    const { message } = await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body });
    // Twilio's times have whole seconds only, so texts of one second have no order to keep.
    message.dateSent = new Date(message.dateCreated.getTime() - (words.length - index) * 1_000);
  }
  await parley.start();
  page = await watch(parley, visitor);
  await eventually(parley, async () =>
    (await visitor.get("/chat")).text.includes('3<span class="visually-hidden"> unread'),
  );
  const bodies = [...(await read(ben)).matchAll(/class="bubble">([^<]*)/g)].map(([, body]) => body);
  expect(bodies.filter((body) => body !== "")).toEqual(words);
});

test("what a killed process left undone is taken up once its lease has lapsed, even when nobody looks", async () => {
  await open();
  page?.close();
  await parley.stop();
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Did you get this?" });
  const store = await openStore({ dataDir: parley.dataDir, secret: "of somebody else" });
  await store.leases.take(`sync:${shop.accountSid}`, "the process that was killed", 500);
  await store.close();
  await parley.start();
  const { conversations } = parley.server.dependencies.store;
  const pair = { twilioNumber: shopNumber, target: ben };
  await eventually(parley, async () => (await conversations.find(shop.accountSid, pair))?.unread === 1);
});

test("Twilio's refusing the credentials for a moment does not end the looks", async () => {
  await open();
  const { events, faults } = parley.sandbox.world;
  faults.add({ kind: "unauthorized", times: 1, path: "Messages.json" });
  await once(events, "faults");
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "After the refusal" });
  await page?.until("After the refusal");
});

test("while Twilio stays silent the page says since when, until it answers again", async () => {
  await open();
  const { store, models } = parley.server.dependencies;
  const silence = async () => (await visitor.get("/chat")).text.includes("Last heard from Twilio");
  expect(await silence()).toBe(false);
  parley.sandbox.world.faults.add({ kind: "unavailable", times: null });
  await models.synchronizer.stop(shop.accountSid);
  await store.syncs.update(shop.accountSid, { seenUntil: new Date(Date.now() - 200_000) });
  expect(await silence()).toBe(true);
  parley.sandbox.world.faults.reset();
  models.synchronizer.start(shop.accountSid);
  await page?.until('data-state="done"');
  await eventually(parley, async () => !(await silence()));
});

test("STOP and START whose webhooks overtook one another end as the log has them", async () => {
  await open();
  const { message: stop } = await parley.sandbox.world.phoneTexts({
    from: ben,
    to: shopNumber,
    body: "STOP",
  });
  const { message: start } = await parley.sandbox.world.phoneTexts({
    from: ben,
    to: shopNumber,
    body: "START",
  });
  stop.dateSent = new Date(stop.dateCreated.getTime() - 2_000);
  const told = ({ sid, body }: typeof stop, at: number) =>
    parley.server.dependencies.store.messages.take(
      shop.accountSid,
      [
        {
          ...{ sid, body, twilioNumber: shopNumber, target: ben, direction: "inbound", status: "received" },
          ...{ errorCode: null, errorMessage: null, numMedia: 0, at: new Date(at), serviceSid: null },
        },
      ],
      "webhook",
    );
  await told(start, Date.now() - 100);
  await told(stop, Date.now());
  await parley.server.dependencies.models.reconciliation.look(shop.accountSid);
  expect(await read(ben)).toContain('data-state="open"');
});

test("what a limit kept out of the history stays out, and nothing old becomes unread", async () => {
  const seed = shopSeed();
  Object.assign(seed.accounts[0] ?? {}, { history: { messages: 1_500 } });
  await open({ seed, config: { historyLimit: 1_000 } });
  const { models, store } = parley.server.dependencies;
  await store.syncs.update(shop.accountSid, { sweptAt: null });
  await models.reconciliation.sweep(shop.accountSid);
  expect([...(await store.conversations.unreadByNumber(shop.accountSid)).values()]).toEqual([0, 0]);
  const all = await store.messages.between(shop.accountSid, new Date(0), new Date());
  expect(all).toHaveLength(1_000);
});

test("a text of two days ago that no look was told of is found by the sweep", async () => {
  await open();
  const { models, store } = parley.server.dependencies;
  page?.close();
  await models.synchronizer.stop(shop.accountSid);
  const { message } = await parley.sandbox.world.phoneTexts({
    from: ben,
    to: shopNumber,
    body: "Overlooked",
  });
  message.dateCreated = message.dateSent = new Date(Date.now() - 40 * 3_600_000);
  await store.syncs.update(shop.accountSid, { sweptAt: null, oldestAt: null });
  await models.reconciliation.look(shop.accountSid);
  expect(await store.messages.find(shop.accountSid, message.sid)).toBeUndefined();
  await models.reconciliation.sweep(shop.accountSid);
  expect(await store.messages.find(shop.accountSid, message.sid)).toMatchObject({ body: "Overlooked" });
});

test("a message stuck short of its end is asked about alone", async () => {
  await open();
  parley.sandbox.world.faults.add({ kind: "staysSent", times: 1 });
  await visitor.submit(chat(anna), `${chat(anna)}/messages`, { formId: "stuck-message", body: "Stuck" });
  await shows(anna, "Sent");
  const message = logged("Stuck");
  if (message) message.status = "delivered";
  await eventually(parley, async () => /Stuck[\s\S]*Delivered/.test(await read(anna)));
});

test("what is deleted at Twilio follows, and a text that came whole outlives its redaction", async () => {
  await open();
  await shows(anna, "Yes, the last one.");
  const log = parley.sandbox.world.accounts.get(shop.accountSid)?.log;
  await parley.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "A secret" });
  await parley.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "A mistake" });
  await shows(anna, "A mistake");
  const [secret, mistake] = [logged("A secret"), logged("A mistake")];
  if (secret) secret.body = "";
  log?.remove(mistake?.sid ?? "");
  await eventually(parley, async () => !(await read(anna)).includes("A mistake"));
  expect(await read(anna)).toContain("A secret");
});

test("one text by webhook five times, by poll and by history is one message and one unread", async () => {
  await open({ publicUrl: "own" });
  const number = parley.sandbox.world.accounts.get(shop.accountSid)?.numberFor(shopNumber);
  if (number) number.settings.SmsUrl = `${parley.url}/sms`;
  const { delivery } = await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Once" });
  const [call] = parley.sandbox.world.log.list().filter(({ kind }) => kind === "webhook");
  const again = await Promise.all(
    Array.from({ length: 5 }, () => parley.sandbox.world.replay(call?.id ?? "")),
  );
  expect([delivery, ...again].map((each) => each?.status)).toEqual(Array(6).fill(200));
  await parley.server.dependencies.store.syncs.update(shop.accountSid, {
    state: "idle",
    nextPage: null,
    oldestAt: null,
    count: 0,
  });
  await parley.server.dependencies.models.history.readPage(shop.accountSid);
  expect((await visitor.get("/chat")).text).toContain('1<span class="visually-hidden"> unread');
  expect((await read(ben)).match(/class="bubble">Once/g)).toHaveLength(1);
});
