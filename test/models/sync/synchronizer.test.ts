import { on } from "node:events";
import { afterEach, expect, test } from "vitest";
import { shop, shopNumber, shopSeed, ben } from "../../support/people.ts";
import { startParley, type Parley, type ParleyOptions } from "../../support/parley.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually, watch } from "../../support/watching.ts";

const [quickMs, slowMs] = [20, 400];
const tuning = { quickPollMs: quickMs, slowPollMs: slowMs };

let parley: Parley;
let visitor: Visitor;
let page: Awaited<ReturnType<typeof watch>> | undefined;
afterEach(async () => {
  page?.close();
  await parley.close();
});

async function open(options: ParleyOptions = {}) {
  parley = await startParley({ tuning, ...options });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  page = await watch(parley, visitor);
  await eventually(parley, async () => (await sync()).state === "done");
}

const sync = () => parley.server.dependencies.models.history.progress(shop.accountSid);

/** How long Parley takes for so many looks at the log, in milliseconds. */
async function timeOf(looks: number): Promise<number> {
  let startedAt = 0;
  let seen = -1;
  for await (const [call] of on(parley.sandbox.world.events, "call") as AsyncIterable<
    [{ kind: string; method: string; url: string }]
  >) {
    if (call.kind !== "api" || call.method !== "GET" || !call.url.includes("/Messages.json")) continue;
    seen += 1;
    if (seen === 0) startedAt = performance.now();
    if (seen === looks) return performance.now() - startedAt;
  }
  return 0;
}

async function postTextsTo(address: string): Promise<void> {
  const account = parley.sandbox.world.accounts.get(shop.accountSid);
  for (const { phoneNumber } of shopSeed().accounts[0]?.numbers ?? []) {
    const number = account?.numberFor(phoneNumber);
    if (number) number.settings.SmsUrl = address;
  }
  await parley.server.dependencies.models.numbers.refresh(shop.accountSid);
}

const text = (body: string) => parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body });

test.each(["", "#rc=5&rp=all"])(
  "webhooks to …/sms%s that prove to work slow the looks down",
  async (overrides) => {
    await open();
    await postTextsTo(`${parley.url}/sms${overrides}`);
    await text("By webhook");
    await eventually(parley, async () => (await sync()).pace === "slow");
    expect(await timeOf(3)).toBeGreaterThan(3 * slowMs - 50);
    expect((await visitor.get("/chat")).text).not.toContain("Checking Twilio every few seconds");
  },
);

test("a text that came by no webhook speeds them up again", async () => {
  await open();
  await postTextsTo(`${parley.url}/sms`);
  await text("By webhook");
  await eventually(parley, async () => (await sync()).pace === "slow");
  await postTextsTo("");
  const { message } = await text("By nothing");
  message.dateCreated = message.dateSent = new Date(Date.now() - 30_000);
  await eventually(parley, async () => (await sync()).pace === "quick");
  expect(await sync()).toMatchObject({ webhookAt: null });
  expect(await timeOf(5)).toBeLessThan(5 * slowMs);
});

test("without a public address they stay quick, also after having had one", async () => {
  await open();
  await postTextsTo(`${parley.url}/sms`);
  await text("By webhook");
  await eventually(parley, async () => (await sync()).pace === "slow");
  page?.close();
  await parley.stop();
  parley.config.publicUrl = undefined;
  await parley.start();
  page = await watch(parley, visitor);
  await eventually(parley, async () => (await sync()).pace === "quick");
  expect(await timeOf(5)).toBeLessThan(5 * slowMs);
  expect((await visitor.get("/chat")).text).toContain("Checking Twilio every few seconds");
});

test("numbers that cannot be read hold nothing back, and are read once they can be", async () => {
  parley = await startParley({ tuning });
  const { faults } = parley.sandbox.world;
  const fault = faults.add({ kind: "unavailable", times: null, path: "IncomingPhoneNumbers" });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  page = await watch(parley, visitor);
  await eventually(parley, async () => (await sync()).state === "done");
  expect((await visitor.get("/chat")).text).toContain("numbers cannot be read from Twilio");
  faults.remove(fault.id);
  const numbers = () => parley.server.dependencies.store.numbers.list(shop.accountSid);
  await eventually(parley, async () => (await numbers()).length === 2);
});

test("after a sign-in messages do not wait for the numbers, and each is asked for once", async () => {
  parley = await startParley({ tuning: { ...tuning, twilioTimeoutMs: 1_500 } });
  const { faults, log } = parley.sandbox.world;
  faults.add({ kind: "hang", times: null, path: "IncomingPhoneNumbers" });
  await visit(parley.url).signIn(shop);
  const ended = () => log.list().map(({ url }) => /(IncomingPhoneNumbers|Messages)\.json/.exec(url)?.[1]);
  await expect.poll(() => ended().filter(Boolean)).toEqual(["IncomingPhoneNumbers", "Messages"]);
});

test("a sign-out ends the rounds although Twilio does not answer", async () => {
  await open({ tuning: { ...tuning, twilioTimeoutMs: 60_000 } });
  parley.sandbox.world.faults.add({ kind: "hang", times: null });
  await parley.server.dependencies.models.logouts.logOut(shop.accountSid);
  expect(await parley.server.dependencies.store.accounts.find(shop.accountSid)).toBeUndefined();
});
