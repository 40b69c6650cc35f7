import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { ben, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

const missed = 2_100;
const tuning = { quickPollMs: 50, slowPollMs: 60_000 };

let parley: Parley;
afterEach(() => parley.close());

const sync = () => parley.server.dependencies.models.history.progress(shop.accountSid);
const pages = () =>
  parley.sandbox.world.log.list().filter(({ kind, url }) => kind === "api" && url.includes("/Messages.json"));

/** Puts so many texts into Twilio's log, one a second, while nobody listens. */
async function textWhileDown(): Promise<void> {
  const { world } = parley.sandbox;
  for (let index = 0; index < missed; index += 1) {
    const { message } = await world.phoneTexts({ from: ben, to: shopNumber, body: `Missed ${index}` });
    message.dateCreated = message.dateSent = new Date(Date.now() - (missed - index) * 1_000);
  }
}

test("more than a page that came while Parley was down is read to its end, also when stopped in the middle", async () => {
  parley = await startParley({ publicUrl: "none", tuning });
  await visit(parley.url).signIn(shop);
  await eventually(parley, async () => (await sync()).state === "done");
  const { store } = parley.server.dependencies;
  await store.syncs.update(shop.accountSid, { seenUntil: new Date(Date.now() - 3_600_000) });
  await parley.stop();
  await textWhileDown();

  await parley.start();
  await eventually(parley, async () => (await sync()).gaps.length > 0);
  parley.sandbox.world.faults.add({ kind: "hang", times: 1, path: "Messages.json" });
  await once(parley.sandbox.world.events, "faults");
  const startedAt = performance.now();
  await parley.stop();
  // A call that hangs is given up after ten seconds; a stop waits for none.
  expect(performance.now() - startedAt).toBeLessThan(5_000);

  await parley.start();
  const { conversations, messages } = parley.server.dependencies.store;
  const pair = { twilioNumber: shopNumber, target: ben };
  await eventually(
    parley,
    async () =>
      (await sync()).gaps.length === 0 &&
      (await conversations.find(shop.accountSid, pair))?.unread === missed,
  );
  const thread = await messages.thread(shop.accountSid, pair, { limit: missed });
  expect(thread.map(({ body }) => body)).toEqual(
    Array.from({ length: missed }, (_, index) => `Missed ${index}`),
  );
  const links = pages().filter(({ url, status }) => status === 200 && url.includes("PageToken="));
  // The answer that the stop did not wait for is the only one to be asked for again.
  expect(links.length - new Set(links.map(({ url }) => url)).size).toBeLessThanOrEqual(1);
});
