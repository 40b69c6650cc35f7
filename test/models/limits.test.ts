import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { Tuning } from "../../src/dependencies.ts";
import { usualLimits, type LimitName } from "../../src/models/limits.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { ben, shop, shopNumber } from "../support/people.ts";
import { postSigned, textForm } from "../support/twilioForms.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
afterEach(() => parley.close());

function fewer(name: LimitName, points: number): Tuning {
  return { limits: { [name]: { ...usualLimits[name], points } } };
}
const conversation = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;
async function signedIn() {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  await visitor.submit("/chat", "/targets", { phoneNumber: ben, twilioNumber: shopNumber });
  return visitor;
}
const send = (visitor: Awaited<ReturnType<typeof signedIn>>, body: string) =>
  visitor.submit(conversation, `${conversation}/messages`, { body, formId: randomUUID() });
const asked = () => parley.sandbox.world.log.list().length;

test("failed sign-ins from one address are refused for a while, in words, and Twilio is asked no more", async () => {
  parley = await startParley();
  const wrong = { ...shop, authToken: "wrong" };
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect((await visit(parley.url).signIn(wrong)).status).toBe(401);
  const before = asked();
  const answer = await visit(parley.url).signIn(shop);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(100);
  expect(answer.text).toContain("too many attempts to sign in");
  expect(answer.text).toContain(shop.accountSid);
  expect(asked()).toBe(before);
});

test("failed sign-ins to one account are refused, those to others go on", async () => {
  parley = await startParley({ tuning: fewer("signInsTo", 2) });
  for (const authToken of ["one", "two"]) await visit(parley.url).signIn({ ...shop, authToken });
  expect((await visit(parley.url).signIn(shop)).status).toBe(429);
  const unknown = { accountSid: `AC${"99".repeat(16)}`, authToken: "x" };
  expect((await visit(parley.url).signIn(unknown)).status).toBe(401);
});

test("sign-ins that succeed are not counted", async () => {
  parley = await startParley({ tuning: fewer("signInsFrom", 2) });
  for (let attempt = 0; attempt < 5; attempt += 1)
    expect((await visit(parley.url).signIn(shop)).headers.location).toBe("/chat");
});

test("sign-ins that Twilio could not answer are not counted, and what no token is never gets there", async () => {
  parley = await startParley({ tuning: fewer("signInsFrom", 2) });
  const before = asked();
  for (let attempt = 0; attempt < 9; attempt += 1)
    expect((await visit(parley.url).signIn({ ...shop, authToken: "x".repeat(20_000) })).status).toBe(422);
  expect(asked()).toBe(before);
  parley.sandbox.world.faults.add({ kind: "unavailable", times: 5 });
  for (let attempt = 0; attempt < 5; attempt += 1)
    expect((await visit(parley.url).signIn(shop)).status).toBe(502);
  expect((await visit(parley.url).signIn(shop)).headers.location).toBe("/chat");
});

test("one network has three sign-ins under way at most", async () => {
  parley = await startParley();
  const at = async (times: number) => {
    const answers = await Promise.all(Array.from({ length: times }, () => visit(parley.url).signIn(shop)));
    return answers.filter(({ status }) => status === 303).length;
  };
  parley.sandbox.world.faults.add({
    kind: "latency",
    times: 12,
    path: `Accounts/${shop.accountSid}.json`,
    ms: 4_000,
  });
  expect(await at(12)).toBe(3);
  parley.sandbox.world.faults.reset();
});

test("while strangers' sign-ins hang at Twilio, more are refused at once and texts go out as ever", async () => {
  parley = await startParley();
  const visitor = await signedIn();
  parley.sandbox.world.faults.add({ kind: "latency", times: 40, path: `AC${"0".repeat(29)}`, ms: 3_000 });
  const strangers = Array.from({ length: 40 }, (_, index) =>
    visit(parley.url).post("/login", {
      accountSid: `AC${String(index).padStart(32, "0")}`,
      authToken: "x",
    }),
  );
  const answers = Promise.all(strangers);
  await expect.poll(() => parley.sandbox.world.faults.list()).not.toEqual([]);
  const startedAt = Date.now();
  expect((await send(visitor, "As fast as ever")).status).toBe(303);
  expect(Date.now() - startedAt).toBeLessThan(2_500);
  const statuses = (await answers).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(30);
});

test.each<LimitName>(["sendsOfSession", "sendsOfAccount"])(
  "texts beyond the limit (%s) are refused, and what was typed stays",
  async (name) => {
    parley = await startParley({ tuning: fewer(name, 2) });
    const visitor = await signedIn();
    expect([(await send(visitor, "One")).status, (await send(visitor, "Two")).status]).toEqual([303, 303]);
    const answer = await send(visitor, "Three of two");
    expect(answer.status).toBe(429);
    expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
    expect(answer.text).toContain("Three of two</textarea>");
    const sent = parley.sandbox.world.messages(shop.accountSid).map(({ body }) => body);
    expect(sent).not.toContain("Three of two");
    const other = await send(await signedIn(), "Another browser");
    expect(other.status).toBe(name === "sendsOfSession" ? 303 : 429);
  },
);

test("an account that is sent more than a day's worth is told so, and loses nothing that was taken", async () => {
  parley = await startParley({ tuning: fewer("received", 1) });
  await visit(parley.url).signIn(shop);
  const post = (Body: string) => postSigned(parley.url, textForm({ Body }));
  const statuses: number[] = [];
  for (let text = 0; text < 120; text += 1) statuses.push((await post("x".repeat(10_000))).status);
  await expect.poll(async () => (await post("late")).status).toBe(429);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(95);
});

test("what no text of Twilio's can be is refused", async () => {
  parley = await startParley();
  await visit(parley.url).signIn(shop);
  const odd: Record<string, string>[] = [
    { Body: "x".repeat(10_001) },
    { From: "+".repeat(101) },
    { To: "1\u0000" },
    { From: "" },
    { AccountSid: "\u0000" },
  ];
  for (const change of odd)
    expect([400, 403]).toContain((await postSigned(parley.url, textForm(change))).status);
  expect((await postSigned(parley.url, textForm({ Body: "x".repeat(10_000) }))).status).toBe(200);
});
