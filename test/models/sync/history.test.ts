import { afterEach, expect, test } from "vitest";
import { anna, ben, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { startParley, type Parley, type ParleyOptions } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

let parley: Parley;
afterEach(() => parley.close());

async function signedIn(messages: number, options: ParleyOptions = {}) {
  const seed = shopSeed();
  const [account] = seed.accounts;
  if (account) account.history = { messages };
  parley = await startParley({ seed, ...options });
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  return visitor;
}

const progress = () => parley.server.dependencies.models.history.progress(shop.accountSid);
const done = () => eventually(parley, async () => (await progress()).state === "done");
const cached = async () => {
  const { store } = parley.server.dependencies;
  return (await store.messages.between(shop.accountSid, new Date(0), new Date(Date.now() + 1_000))).map(
    ({ sid }) => sid,
  );
};
const logged = () => parley.sandbox.world.messages(shop.accountSid).map(({ sid }) => sid);

test("the whole log comes into the cache, both directions, and nothing of it is unread", async () => {
  const visitor = await signedIn(2_500);
  await done();
  expect((await cached()).toSorted()).toEqual(logged().toSorted());
  expect((await progress()).count).toBe(2_502);
  expect((await visitor.get("/chat")).text).not.toContain('class="count"');
});

test("stopped in the middle, it goes on after a restart", async () => {
  await signedIn(4_000);
  await eventually(parley, async () => (await progress()).count > 0);
  await parley.stop();
  await parley.start();
  await done();
  expect((await cached()).toSorted()).toEqual(logged().toSorted());
});

test("when Twilio is busy it waits, says so, and ends complete", async () => {
  await signedIn(0, { sandbox: {} });
  await done();
  await parley.close();
  const seed = shopSeed();
  const [account] = seed.accounts;
  if (account) account.history = { messages: 1_500 };
  parley = await startParley({ seed });
  parley.sandbox.world.faults.add({ kind: "tooManyRequests", times: 1, path: "Messages.json" });
  await visit(parley.url).signIn(shop);
  await done();
  expect(await cached()).toHaveLength(1_502);
});

test("a limit keeps the rest out", async () => {
  await signedIn(2_500, { config: { historyLimit: 1_000 } });
  await done();
  expect(await cached()).toHaveLength(1_000);
});

test("an opened conversation is read whole before the rest has come", async () => {
  const visitor = await signedIn(0);
  await done();
  const { store, models } = parley.server.dependencies;
  await store.syncs.update(shop.accountSid, { state: "running" });
  parley.sandbox.world.accounts.get(shop.accountSid)?.log.add({
    ...(parley.sandbox.world.messages(shop.accountSid)[0] as object as ReturnType<
      typeof parley.sandbox.world.messages
    >[number]),
    sid: `SM${"ab".repeat(16)}`,
    body: "From long ago",
  });
  await models.history.readConversation(shop.accountSid, { twilioNumber: shopNumber, target: anna });
  const page = await visitor.get(`/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(anna)}`);
  expect(page.text).toContain("From long ago");
});

test("opt-outs are read from history, in order", async () => {
  const seed = shopSeed();
  const said = (from: string, body: string, minutesAgo: number) => ({
    from,
    to: shopNumber,
    body,
    direction: "inbound" as const,
    minutesAgo,
  });
  seed.accounts[0]?.messages?.push(
    said(anna, "STOP", 90),
    said(ben, "stop", 80),
    said(ben, "Yes", 70),
    said(ben, "please stop by at 5", 60),
  );
  parley = await startParley({ seed });
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  await done();
  const page = async (target: string) =>
    (await visitor.get(`/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(target)}`)).text;
  expect(await page(anna)).toContain('data-state="opted-out"');
  expect(await page(ben)).toContain('data-state="open"');
});
