import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";

let sandbox: Sandbox;
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: shopSeed(), timing: { queuedMs: 1, sentMs: 1 } });
  hook = await webhook();
});
afterEach(async () => {
  await sandbox.close();
  await hook.close();
});

const authorization = `Basic ${Buffer.from(`${shop.accountSid}:${shop.authToken}`).toString("base64")}`;
const api = (path: string, form?: Record<string, string>, timeoutMs = 2_000) =>
  fetch(`${sandbox.url}/2010-04-01/Accounts/${shop.accountSid}/${path}`, {
    method: form ? "POST" : "GET",
    headers: { Authorization: authorization },
    body: form ? new URLSearchParams(form) : null,
    signal: AbortSignal.timeout(timeoutMs),
  });
const send = (body: string) =>
  api("Messages.json", { From: shopNumber, To: anna, Body: body, StatusCallback: `${hook.url}/status` });

async function control(method: string, path: string, body?: object) {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
}
const fault = (body: object) => control("POST", "faults", body);
const logged = (body: string) =>
  sandbox.world.messages(shop.accountSid).filter((message) => message.body === body);
const states = () => hook.received.map(({ form }) => form.get("MessageStatus"));

describe("API calls go wrong on demand", () => {
  test.each([
    ["unauthorized", 401, 20003],
    ["forbidden", 403, 20403],
    ["tooManyRequests", 429, 20429],
    ["queueFull", 429, 21611],
    ["unavailable", 503, 20503],
  ])("%s is %i with %i, for the next call only", async (kind, status, code) => {
    await fault({ kind, times: 1 });
    const refused = await api("Messages.json");
    expect([refused.status, ((await refused.json()) as { code: number }).code]).toEqual([status, code]);
    expect((await api("Messages.json")).status).toBe(200);
  });

  test("serverError is a page, not JSON", async () => {
    await fault({ kind: "serverError", times: 1 });
    const answer = await api("Messages.json");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
  });

  test("hang never answers", async () => {
    await fault({ kind: "hang", times: 1 });
    await expect(api("Messages.json", undefined, 100)).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("latency takes as long as it is told", async () => {
    await fault({ kind: "latency", times: 1, ms: 150 });
    const began = performance.now();
    expect((await api("Messages.json")).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
  });

  test("answerLost does it all the same", async () => {
    await fault({ kind: "answerLost", times: 1 });
    await expect(send("Into the dark")).rejects.toThrow();
    expect(logged("Into the dark")).toHaveLength(1);
  });

  test("numberSold lets somebody else be quicker", async () => {
    await fault({ kind: "numberSold", times: 1 });
    const buy = () => api("IncomingPhoneNumbers.json", { AreaCode: "512" });
    expect(((await (await buy()).json()) as { code: number }).code).toBe(21422);
    expect((await buy()).status).toBe(201);
  });

  test("a path limits a fault, a count wears it out, and a reset ends it", async () => {
    await fault({ kind: "forbidden", path: "IncomingPhoneNumbers", times: 2 });
    expect((await api("Messages.json")).status).toBe(200);
    expect((await api("IncomingPhoneNumbers.json")).status).toBe(403);
    expect((await control("GET", "faults")).body.faults).toMatchObject([{ times: 1, kind: "forbidden" }]);
    const { body } = await fault({ kind: "hang" });
    expect((await control("DELETE", `faults/${String(body.id)}`)).status).toBe(204);
    await control("DELETE", "faults");
    expect((await api("IncomingPhoneNumbers.json")).status).toBe(200);
  });
});

describe("messages and webhooks go wrong on demand", () => {
  const text = (body: string) => sandbox.world.phoneTexts({ from: anna, to: shopNumber, body });
  const connect = () => {
    const number = sandbox.world.accounts.get(shop.accountSid)?.numberFor(shopNumber);
    if (number) number.settings.SmsUrl = `${hook.url}/sms`;
  };

  test.each([
    [30003, ["sent", "undelivered"]],
    [30034, ["failed"]],
  ])("messageFails with %i goes %j", async (code, expected) => {
    await fault({ kind: "messageFails", times: 1, code });
    await send("Unlucky");
    await hook.until(expected.length);
    expect(states()).toEqual(expected);
    expect(hook.received.at(-1)?.form.get("ErrorCode")).toBe(String(code));
  });

  test("staysSent ends there", async () => {
    await fault({ kind: "staysSent", times: 1 });
    await send("Stuck");
    await send("Passing by");
    await hook.until(3);
    expect([logged("Stuck")[0]?.status, logged("Passing by")[0]?.status]).toEqual(["sent", "delivered"]);
  });

  test("webhookLost, webhookRepeated and wrongSignature do what they say", async () => {
    connect();
    await fault({ kind: "webhookLost", times: 1 });
    expect((await text("Lost")).delivery).toBeUndefined();
    await fault({ kind: "webhookRepeated", times: 1 });
    await text("Twice");
    expect(hook.received.map(({ form }) => form.get("Body"))).toEqual(["Twice", "Twice"]);
    await fault({ kind: "wrongSignature", times: 1 });
    await text("Forged");
    const [twice, , forged] = hook.received;
    expect(forged?.headers["x-twilio-signature"]).not.toBe(twice?.headers["x-twilio-signature"]);
  });

  test("webhookReordered and webhookDelayed let later news overtake", async () => {
    await fault({ kind: "webhookReordered", times: 1 });
    await send("Out of order");
    await hook.until(2);
    expect(states()).toEqual(["delivered", "sent"]);
    connect();
    await fault({ kind: "webhookDelayed", times: 1, ms: 60 });
    await text("First");
    await text("Second");
    await hook.until(4);
    expect(hook.received.slice(2).map(({ form }) => form.get("Body"))).toEqual(["Second", "First"]);
  });

  test("a webhook of the log is replayed as it was, an API call is not", async () => {
    connect();
    await text("Once more");
    await api("Messages.json");
    const { body } = await control("GET", "log");
    const entries = body.entries as { id: string; kind: string }[];
    const [call, hooked] = ["api", "webhook"].map((kind) => entries.find((entry) => entry.kind === kind)?.id);
    expect((await control("POST", `log/${hooked}/replays`)).status).toBe(201);
    expect((await control("POST", `log/${call}/replays`)).status).toBe(404);
    expect(hook.received.map(({ form }) => form.get("Body"))).toEqual(["Once more", "Once more"]);
    expect(JSON.stringify(body)).not.toContain(shop.authToken);
  });
});

test.each([
  [{}],
  [{ kind: "gremlins" }],
  [{ kind: "hang", times: 0 }],
  [{ kind: "latency", ms: -1 }],
  [{ kind: "messageFails", code: 1 }],
  [{ kind: "answer", status: 100 }],
  [{ kind: "answer", headers: { "a b": "c" } }],
  [{ kind: "answer", method: "GET /" }],
  [{ kind: "extraEntries", body: {} }],
])("the control answers %j with a sentence", async (body) => {
  const { status, body: answer } = await fault(body);
  expect([status, typeof answer.message]).toEqual([400, "string"]);
});
