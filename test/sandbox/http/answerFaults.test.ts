import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anna, shop, shopNumber } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { authorization, useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
});
afterEach(() => hook.close());

const raw = (path: string, method = "GET") =>
  fetch(`${use.sandbox.url}/2010-04-01/Accounts/${shop.accountSid}/${path}`, {
    method,
    headers: { Authorization: authorization(shop) },
  });

describe("answer", () => {
  test.each([
    ["a page", 502, {}, "<h1>Bad Gateway</h1>", "text/html; charset=utf-8", "<h1>Bad Gateway</h1>"],
    ["broken JSON", 200, {}, '{"messages": [', "application/json; charset=utf-8", '{"messages": ['],
    [
      "any JSON",
      200,
      {},
      { messages: [null, 7] },
      "application/json; charset=utf-8",
      '{"messages":[null,7]}',
    ],
    ["nothing", 204, {}, undefined, null, ""],
    ["a type of its own", 200, { "content-type": "text/csv" }, "a,b", "text/csv", "a,b"],
  ])("is %s", async (_what, status, headers, body, type, text) => {
    await use.fault({ kind: "answer", status, headers, body, times: 1 });
    const answer = await raw("Messages.json");
    expect([answer.status, await answer.text()]).toEqual([status, text]);
    if (type !== null) expect(answer.headers.get("content-type")).toBe(type);
    expect((await raw("Messages.json")).status).toBe(200);
  });

  test("carries its headers, and a redirect leads where it says", async () => {
    await use.fault({ kind: "answer", status: 429, headers: { "Retry-After": "7" }, body: { code: 20429 } });
    const answer = await raw("Messages.json");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  test("does nothing else: what was asked for is not done", async () => {
    await use.fault({ kind: "answer", method: "post", path: "Messages.json", status: 201, body: {} });
    const before = use.shop.log.all().length;
    expect((await use.send(anna)).body).toEqual({});
    expect((await raw("Messages.json")).status).toBe(200);
    expect(use.shop.log.all()).toHaveLength(before);
  });

  test("is for the addresses of its pattern only", async () => {
    await use.fault({ kind: "answer", path: "/Messages/*/Media", status: 500 });
    const [{ sid } = { sid: "" }] = use.shop.log.all();
    expect((await raw(`Messages/${sid}/Media.json`)).status).toBe(500);
    expect((await raw(`Messages/${sid}.json`)).status).toBe(200);
    expect((await raw("Messages.json")).status).toBe(200);
  });
});

describe("lists", () => {
  type Page = Record<string, unknown> & { messages: unknown[]; meta: Record<string, string> };
  const page = async (path: string) => (await use.call("GET", path)).body as Page;

  test("extraEntries come before the true ones", async () => {
    await use.fault({ kind: "extraEntries", path: "Messages.json", body: [null, { body: 7 }], times: 1 });
    const { messages } = await page("Messages.json");
    expect(messages.slice(0, 2)).toEqual([null, { body: 7 }]);
    expect(messages).toHaveLength(2 + use.shop.log.all().length);
    expect((await page("Messages.json")).messages).toHaveLength(use.shop.log.all().length);
  });

  test("nextPageRepeats leads in a circle, in the shape of either API", async () => {
    await use.fault({ kind: "nextPageRepeats" });
    const { next_page_uri: next, messages } = await page("Messages.json?PageSize=1");
    const again = await page(String(next));
    expect([again.messages, again.next_page_uri]).toEqual([messages, next]);
    const { meta } = await page("/messaging/v1/Services");
    expect(meta.next_page_url).toBe(meta.url);
  });

  test("nextPageDead leads to a page that is refused", async () => {
    await use.fault({ kind: "nextPageDead" });
    const { next_page_uri: next } = await page("Messages.json?PageSize=1");
    expect((await use.call("GET", String(next))).code).toBe(21481);
  });
});

describe("answers that wait", () => {
  test("answerLate does it at once and tells it later", async () => {
    await use.fault({ kind: "answerLate", ms: 150, times: 1 });
    const began = performance.now();
    const answer = use.send(anna, "Slowly");
    await expect.poll(() => use.shop.log.all()[0]?.body).toBe("Slowly");
    expect((await answer).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
  });

  test("callbackFirst tells of a message by callback before its send is answered", async () => {
    await use.fault({ kind: "callbackFirst", times: 1 });
    const { body } = await use.send(anna, "Quick", { StatusCallback: `${hook.url}/status` });
    expect(hook.received[0]?.form.get("MessageSid")).toBe(body.sid);
    // The answer is of before, as it would have been.
    expect(body.status).toBe("queued");
  });
});

describe("callbacks that mislead", () => {
  test("codeLoggedLate: the callback has a code that the log gets later", async () => {
    await use.fault({ kind: "messageFails", code: 30005, times: 1 });
    await use.fault({ kind: "codeLoggedLate", ms: 1_500, times: 1 });
    const { body } = await use.send(anna, "Unlucky", { StatusCallback: `${hook.url}/status` });
    await hook.until(2);
    const codeOf = async () => (await use.call("GET", `Messages/${String(body.sid)}.json`)).body.error_code;
    expect(hook.received[1]?.form.get("ErrorCode")).toBe("30005");
    expect(await use.statusOf(body.sid)).toBe("undelivered");
    expect(await codeOf()).toBe(null);
    await expect.poll(codeOf, { timeout: 5_000 }).toBe(30005);
  });

  test("callbackToSmsUrl: the callback goes to the address for texts", async () => {
    Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: `${hook.url}/sms` });
    await use.fault({ kind: "callbackToSmsUrl", path: anna, times: 1 });
    await use.send(anna, "Astray", { StatusCallback: `${hook.url}/status` });
    await hook.until(2);
    expect(hook.received.map(({ url, form }) => [url, form.get("MessageStatus")])).toEqual([
      ["/sms", "sent"],
      ["/status", "delivered"],
    ]);
  });
});
