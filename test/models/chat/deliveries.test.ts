import { once } from "node:events";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import type { Config } from "../../../src/config.ts";
import { anna, beginner, beginnerNumber, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { hidden, visit, type Visitor } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(anna)}`;
let parley: Parley;
let visitor: Visitor;
afterEach(() => parley.close());

async function open(checkDelays: number[], config: Partial<Config> = {}) {
  parley = await startParley({
    config,
    tuning: { checkDelays, twilioTimeoutMs: 400 },
  });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await visitor.submit("/chat", "/targets", { phoneNumber: anna, twilioNumber: shopNumber });
}

const send = (body: string) =>
  visitor.submit(chat, `${chat}/messages`, { formId: `form-${body.replaceAll(" ", "-")}`, body });
const read = async () => (await visitor.get(chat)).text;
const states = (...words: string[]) =>
  eventually(
    parley,
    async () =>
      bubbles(await read())
        .at(-1)
        ?.includes(words.join(" ")) ?? false,
  );
const bubbles = (html: string) => html.split("<template")[0]?.split('<li id="message_').slice(1) ?? [];
const atTwilio = (body: string) =>
  parley.sandbox.world.messages(shop.accountSid).filter((message) => message.body === body);

test.each([
  ["whose answer is lost", "answerLost"],
  ["that is answered too late", "latency"],
] as const)("a message %s is found in Twilio's log and adopted", async (_how, kind) => {
  await open([50, 200, 600]);
  parley.sandbox.world.faults.add({ kind, times: 1, path: "POST", ms: 700 });
  await send("Did it arrive");
  expect(await read()).toMatch(/Checking with Twilio…|Queued|Sent|Delivered/);
  await states("Delivered");
  expect(atTwilio("Did it arrive")).toHaveLength(1);
  expect(bubbles(await read()).filter((bubble) => bubble.includes("Did it arrive"))).toHaveLength(1);
});

test.each(["serverError", "unavailable", "hang"] as const)(
  "after %s it says so, sends nothing by itself, and Retry sends once",
  async (kind) => {
    await open([20, 40]);
    parley.sandbox.world.faults.add({ kind, times: 1, path: "POST" });
    await send("Lost for good");
    await states("Not sent");
    expect(await read()).toContain("so it was not sent");
    expect(atTwilio("Lost for good")).toHaveLength(0);
    const retry = /name="formId" value="(retry-1-[^"]+)"/.exec(await read())?.[1] ?? "";
    const again = () => visitor.submit(chat, `${chat}/messages`, { formId: retry, body: "Lost for good" });
    await Promise.all([again(), again()]);
    await states("Delivered");
    expect(atTwilio("Lost for good")).toHaveLength(1);
  },
);

test.each([
  ["tooManyRequests", "Twilio is busy"],
  ["queueFull", "21611"],
  ["forbidden", "suspended"],
] as const)("%s is not sent, with the reason", async (kind, reason) => {
  await open([20]);
  parley.sandbox.world.faults.add({ kind, times: 1, path: "POST" });
  await send("Refused");
  await states("Not sent");
  expect(await read()).toContain(reason);
  expect(atTwilio("Refused")).toHaveLength(0);
});

test("a message that Twilio could not be reached for is not sent", async () => {
  await open([20]);
  await parley.sandbox.close();
  await send("Nobody home");
  expect(await read()).toContain("Twilio cannot be reached");
});

test("a message left without an answer by a crash is looked up after the restart", async () => {
  await open([600]);
  parley.sandbox.world.faults.add({ kind: "answerLost", times: 1, path: "POST" });
  await send("Then it crashed");
  await states("Checking with Twilio…");
  await parley.stop();
  await parley.start();
  await states("Delivered");
  expect(atTwilio("Then it crashed")).toHaveLength(1);
});

test("what Twilio took while our storage was away is found again, not called unsent", async () => {
  await open([100, 300, 600], { logLevel: "silent" });
  const other = new SQLite(join(parley.dataDir, "parley.db"));
  parley.sandbox.world.events.once("message", () => other.exec("begin immediate"));
  await send("Taken all the same");
  other.exec("rollback");
  other.close();
  await states("Delivered");
  expect(atTwilio("Taken all the same")).toHaveLength(1);
});

test("two quick texts reach Twilio in the order in which they were written", async () => {
  await open([20]);
  parley.sandbox.world.faults.add({ kind: "latency", times: 1, path: "POST", ms: 200 });
  const held = once(parley.sandbox.world.events, "faults");
  const first = send("First of two");
  await held;
  await Promise.all([first, send("Second of two")]);
  await states("Delivered");
  const sent = parley.sandbox.world.messages(shop.accountSid).slice(0, 2);
  expect(sent.map(({ body }) => body)).toEqual(["Second of two", "First of two"]);
});

test("a lost text claims no other that ends alike, nor the same one sent again", async () => {
  await open([30, 200]);
  parley.sandbox.world.faults.add({ kind: "serverError", times: 2, path: "POST" });
  await Promise.all([send("okay"), send("Same words")]);
  await send("Sounds okay");
  await visitor.submit(chat, `${chat}/messages`, { formId: "same-words-again", body: "Same words" });
  const ours = async () => {
    const drawn = /class="bubble">([^<]*)[^]*?class="state">[^]*?<\/svg> ([^<]*)/;
    return bubbles(await read())
      .map((bubble) => drawn.exec(bubble)?.slice(1).join(": ") ?? "")
      .filter((line) => /okay|Same/.test(line));
  };
  await eventually(parley, async () => (await ours()).every((line) => /Not sent|Delivered/.test(line)));
  expect((await ours()).toSorted()).toEqual([
    "Same words: Delivered",
    "Same words: Not sent",
    "Sounds okay: Delivered",
    "okay: Not sent",
  ]);
});

test("what Twilio's log has later than we waited is sent after all, and shown once", async () => {
  await open([20, 20]);
  parley.sandbox.world.faults.add({ kind: "latency", times: 1, path: "POST", ms: 900 });
  const arrived = once(parley.sandbox.world.events, "message");
  await send("Late in the log");
  await states("Not sent");
  await arrived;
  await parley.server.dependencies.models.reconciliation.look(shop.accountSid);
  const shown = bubbles(await read()).filter((bubble) => bubble.includes("Late in the log"));
  expect(shown).toHaveLength(1);
  expect(shown[0]).not.toContain("Not sent");
});

test("on a trial account, too, a form sent again is the same message", async () => {
  await open([20]);
  visitor = visit(parley.url);
  await visitor.signIn(beginner);
  const trial = `/chat/${encodeURIComponent(beginnerNumber)}/${encodeURIComponent(anna)}`;
  await visitor.submit("/chat", "/targets", { phoneNumber: anna, twilioNumber: beginnerNumber });
  for (let time = 0; time < 2; time += 1)
    await visitor.submit(trial, `${trial}/messages`, { formId: "trial-form-1", body: "On trial" });
  const sent = parley.sandbox.world.messages(beginner.accountSid);
  expect(sent.map(({ body }) => body)).toEqual(["Sent from your Twilio trial account - On trial"]);
});

test("on a trial account Edit and Retry show and send what was typed, without Twilio's words before it", async () => {
  await open([20]);
  visitor = visit(parley.url);
  await visitor.signIn(beginner);
  const trial = `/chat/${encodeURIComponent(beginnerNumber)}/${encodeURIComponent(anna)}`;
  await visitor.submit("/chat", "/targets", { phoneNumber: anna, twilioNumber: beginnerNumber });
  parley.sandbox.world.faults.add({ kind: "messageFails", times: 1, code: 30003 });
  await visitor.submit(trial, `${trial}/messages`, { formId: "trial-form-1", body: "On trial" });
  const page = async () => (await visitor.get(trial)).text;
  await eventually(parley, async () => (await page()).includes("Error 30003"));
  const edit = /href="([^"]+\?edit=[^"]+)"/.exec(await page())?.[1] ?? "";
  expect((await visitor.get(edit)).text).toMatch(/<textarea[^>]*>On trial<\/textarea>/);
  const failed = bubbles(await page()).at(-1) ?? "";
  const [formId, body] = [hidden(failed, "formId"), hidden(failed, "body")];
  await visitor.submit(trial, `${trial}/messages`, { formId, body });
  const sent = parley.sandbox.world.messages(beginner.accountSid).map((message) => message.body);
  expect(sent).toEqual(Array(2).fill("Sent from your Twilio trial account - On trial"));
  expect(await page()).not.toContain("trial account - ");
});

test("callbacks repeated, late and out of order leave the last state", async () => {
  await open([20]);
  parley.sandbox.world.faults.add({ kind: "webhookReordered", times: 1, path: "/sms/status" });
  parley.sandbox.world.faults.add({ kind: "webhookRepeated", times: null, path: "/sms/status" });
  const late = new Promise((resolve) =>
    parley.sandbox.world.events.on("delivery", ({ form }) => form.MessageStatus === "sent" && resolve(form)),
  );
  await send("Out of order");
  await states("Delivered");
  await late;
  expect(bubbles(await read()).at(-1)).toContain("Delivered");
});
