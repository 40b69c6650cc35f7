import { afterEach, expect, test } from "vitest";
import { startOtherClock } from "../../support/otherClock.ts";
import { ben, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually, watch } from "../../support/watching.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;

let parley: Parley;
let visitor: Visitor;
let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
  await parley.close();
});

/** A page of Parley's on a machine whose clock is ahead of Twilio's. */
async function open(aheadMs: number): Promise<void> {
  const twilio = await startOtherClock(() => parley.sandbox.url, -aheadMs);
  const tuning = { quickPollMs: 60, checkDelays: [100, 300, 600] };
  parley = await startParley({ publicUrl: "none", config: { twilioApiUrl: twilio.url }, tuning });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await visitor.submit("/chat", "/targets", { phoneNumber: ben, twilioNumber: shopNumber });
  const page = await watch(parley, visitor);
  closing = [page.close, twilio.close];
}

const send = (body: string) =>
  visitor.submit(chat, `${chat}/messages`, { formId: `form-${body.replaceAll(" ", "-")}`, body });
const bubbles = async () => {
  const [thread = ""] = (await visitor.get(chat)).text.split("<template");
  return thread.split('<li id="message_').slice(1);
};
const words = async () => (await bubbles()).map((bubble) => /class="bubble">([^<]*)/.exec(bubble)?.[1]);
const shows = (body: string, state: string) =>
  eventually(parley, async () => (await bubbles()).some((one) => one.includes(body) && one.includes(state)));

/** Ben's text, so many seconds from now. */
function text(body: string, seconds: number): void {
  const [like] = parley.sandbox.world.messages(shop.accountSid);
  if (!like) throw new Error("there is no message to write another one like");
  const at = new Date(Date.now() + seconds * 1_000);
  const sid = `SM${Buffer.from(body.padEnd(16)).toString("hex")}`;
  const ends = { from: ben, to: shopNumber, direction: "inbound" as const, status: "received" };
  const message = { ...like, ...ends, sid, body, dateCreated: at, dateSent: at };
  parley.sandbox.world.accounts.get(shop.accountSid)?.log.add(message);
}

test.each([
  ["20 minutes ahead of", 20 * minute],
  ["20 minutes behind", -20 * minute],
  ["24 hours ahead of", day],
])("with a clock %s Twilio's, texts come in order and the page says so", async (said, aheadMs) => {
  await open(aheadMs);
  text("Before", -5);
  await shows("Before", "message--inbound");
  await send("Ours");
  text("After", 5);
  await shows("After", "message--inbound");
  expect(await words()).toEqual(["Before", "Ours", "After"]);
  const page = (await visitor.get(chat)).text;
  expect(page).toContain(`This server's clock is ${said} Twilio's`);
  expect(page).not.toContain("Last heard from Twilio");
});

test.each([20 * minute, -20 * minute, day])(
  "with a clock %i ms ahead of Twilio's, a message whose answer is lost is found, and shown once",
  async (aheadMs) => {
    await open(aheadMs);
    parley.sandbox.world.faults.add({ kind: "answerLost", times: 1, path: "POST" });
    await send("Did it arrive");
    await shows("Did it arrive", "Delivered");
    expect(await words()).toEqual(["Did it arrive"]);
  },
);

test("a clock that is right, or nearly, is no news", async () => {
  await open(30_000);
  await send("Ours");
  expect((await visitor.get(chat)).text).not.toContain("This server's clock");
});
