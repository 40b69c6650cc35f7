import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ben, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

const pair = { twilioNumber: shopNumber, target: ben };
const missed = 3_400;
const pageMs = 400;

let parley: Parley;
beforeEach(async () => {
  parley = await startParley({ publicUrl: "none", tuning: { quickPollMs: 60 } });
  await visit(parley.url).signIn(shop);
  await eventually(parley, async () => (await sync()).state === "done");
  const since = new Date(Date.now() - (missed + 60) * 1_000);
  await parley.server.dependencies.models.synchronizer.stop(shop.accountSid);
  await parley.server.dependencies.store.syncs.update(shop.accountSid, { seenUntil: since });
  await parley.stop();
  texts(missed);
});
afterEach(() => parley.close());

const sync = () => parley.server.dependencies.models.history.progress(shop.accountSid);
const kept = () =>
  parley.server.dependencies.store.messages.thread(shop.accountSid, pair, { limit: 100_000 });
const bodies = Array.from({ length: missed }, (_, index) => `Missed ${index}`);

/** What comes while nobody listens, one a second, up to just now. */
function texts(count: number): void {
  const log = parley.sandbox.world.accounts.get(shop.accountSid)?.log;
  const [like] = parley.sandbox.world.messages(shop.accountSid);
  if (!log || !like) throw new Error("there is no log to write to");
  for (let index = 0; index < count; index += 1) {
    const at = new Date(Date.now() - (count - index) * 1_000);
    const sid = `SM${index.toString(16).padStart(32, "0")}`;
    const ends = { from: ben, to: shopNumber, direction: "inbound" as const, status: "received" };
    log.add({ ...like, ...ends, sid, body: `Missed ${index}`, dateCreated: at, dateSent: at });
  }
}

/** The links into the log that were followed, as Twilio answered them. */
function followedLinks(): string[] {
  const links: string[] = [];
  parley.sandbox.world.events.on("call", ({ kind, url }) => {
    if (kind === "api" && url.includes("PageToken=")) links.push(url);
  });
  return links;
}

/** Resolves when Twilio is silent about a page after so many links were followed. */
async function silentAfter(links: string[], count: number): Promise<void> {
  const { events, faults } = parley.sandbox.world;
  while (links.length < count) await once(events, "call");
  faults.add({ kind: "hang", times: 1, path: "Messages.json" });
  await once(events, "faults");
}

test("more than a page that was missed comes whole, once, in order and unread", async () => {
  await parley.start();
  await eventually(parley, async () => (await kept()).length === missed && (await sync()).gap === null);
  expect((await kept()).map(({ body }) => body)).toEqual(bodies);
  const { conversations } = parley.server.dependencies.store;
  expect((await conversations.find(shop.accountSid, pair))?.unread).toBe(missed);
});

test("stopped in the middle it ends at once although Twilio is silent, and a restart goes on where it was", async () => {
  parley.sandbox.world.faults.add({ kind: "latency", times: null, path: "Messages.json", ms: pageMs });
  const links = followedLinks();
  await parley.start();
  await silentAfter(links, 2);
  const stoppedAt = performance.now();
  await parley.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  const before = links.splice(0);
  await parley.start();
  await eventually(parley, async () => (await sync()).gap === null);
  expect((await kept()).map(({ body }) => body)).toEqual(bodies);
  expect(links).not.toContain(before[0]);
  expect(links.length).toBeGreaterThan(0);
});
