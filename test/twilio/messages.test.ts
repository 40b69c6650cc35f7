import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TwilioRefused } from "../../src/models/errors.ts";
import type { TwilioMessage } from "../../src/models/types.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { createTwilioApi, type TwilioApi } from "../../src/twilio/client.ts";
import { anna, beginner, beginnerNumber, ben, shop, shopNumber, shopSeed } from "../support/people.ts";

const archive = { accountSid: `AC${"a7".repeat(16)}`, authToken: "c3".repeat(16) };
const archiveNumber = "+14155550199";

let sandbox: Sandbox;
let api: TwilioApi;
beforeAll(async () => {
  const seed = shopSeed();
  seed.accounts.push({
    sid: archive.accountSid,
    authToken: archive.authToken,
    numbers: [{ phoneNumber: archiveNumber }],
    history: { messages: 2_500 },
  });
  sandbox = await startSandbox({ seed });
  api = createTwilioApi({ apiUrl: sandbox.url });
});
afterAll(() => sandbox.close());

describe("sending", () => {
  const text = { twilioNumber: shopNumber, target: anna, body: "Grüße 👋 & more", statusCallback: undefined };

  test("hands the text to Twilio and answers with Twilio's message", async () => {
    const startedAt = Date.now() - 1_000;
    const sent = await api.sendMessage(shop, text);
    expect(sent).toEqual({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as string,
      twilioNumber: shopNumber,
      target: anna,
      direction: "outbound",
      body: "Grüße 👋 & more",
      status: "queued",
      errorCode: null,
      errorMessage: null,
      numMedia: 0,
      at: expect.any(Date) as Date,
      serviceSid: null,
    });
    expect(sent.at?.getTime()).toBeGreaterThanOrEqual(startedAt);
    expect(logged(sent)).toMatchObject({ from: shopNumber, to: anna, body: text.body });
  });

  test("names a status callback only when there is one", async () => {
    const statusCallback = "https://inbox.example/sms/status";
    expect(logged(await api.sendMessage(shop, text))?.statusCallback).toBeUndefined();
    expect(logged(await api.sendMessage(shop, { ...text, statusCallback }))?.statusCallback).toBe(
      statusCallback,
    );
  });

  test("from a trial account answers with the text as Twilio really sends it", async () => {
    const sent = await api.sendMessage(beginner, { ...text, twilioNumber: beginnerNumber });
    expect(sent.body).toBe(`Sent from your Twilio trial account - ${text.body}`);
  });

  test.each([
    [shop, { target: "+15551" }, 21211, /Invalid 'To'/],
    [shop, { target: shopNumber }, 21266, /cannot be the same/],
    [shop, { twilioNumber: ben }, 21659, /not a Twilio phone number/],
    [shop, { body: "a".repeat(1_601) }, 21617, /1600 character/],
    [beginner, { twilioNumber: beginnerNumber, target: ben }, 21608, /unverified/],
  ])("what Twilio refuses comes with Twilio's words and code: %#", async (account, change, code, words) => {
    const refusal = await api.sendMessage(account, { ...text, ...change }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TwilioRefused);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(words) as string });
  });

  function logged({ sid }: TwilioMessage) {
    return sandbox.world.accounts.get(shop.accountSid)?.log.find(sid);
  }
});

describe("fetching one message", () => {
  test("tells its state", async () => {
    const { sid } = await api.sendMessage(shop, {
      twilioNumber: shopNumber,
      target: ben,
      body: "Hi",
      statusCallback: undefined,
    });
    expect(await api.fetchMessage(shop, sid)).toMatchObject({ sid, target: ben, body: "Hi" });
  });

  test("that Twilio does not have answers with nothing", async () => {
    expect(await api.fetchMessage(shop, `SM${"0".repeat(32)}`)).toBeUndefined();
  });
});

describe("the log", () => {
  test("comes newest first, in pages whose links outlive a restart", async () => {
    const all: TwilioMessage[] = [];
    const sizes: number[] = [];
    let page = await api.listMessages(archive, { pageSize: 1_000 });
    for (;;) {
      sizes.push(page.messages.length);
      all.push(...page.messages);
      if (page.nextPage === null) break;
      expect(page.nextPage).toMatch(/^\/2010-04-01\//);
      const restarted = createTwilioApi({ apiUrl: sandbox.url });
      page = await restarted.listMessages(archive, { page: page.nextPage });
    }
    expect(sizes).toEqual([1_000, 1_000, 500]);
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(2_500);
    expect(all.map(({ at }) => at?.getTime() ?? 0)).toEqual(
      all.map(({ at }) => at?.getTime() ?? 0).toSorted((a, b) => b - a),
    );
    expect(new Set(all.map(({ twilioNumber }) => twilioNumber))).toEqual(new Set([archiveNumber]));
    expect(all.filter(({ direction }) => direction === "inbound")).toHaveLength(1_250);
  });

  test("can be asked for one direction of one pair", async () => {
    const inbound = await api.listMessages(shop, { from: anna, to: shopNumber, pageSize: 50 });
    expect(inbound.messages).toEqual([
      expect.objectContaining({
        body: "Is the walnut shelf still there?",
        twilioNumber: shopNumber,
        target: anna,
      }),
    ]);
    expect(inbound.nextPage).toBeNull();
  });

  test("can be asked for a stretch of time, both ends included", async () => {
    const newest = await api.listMessages(archive, { pageSize: 10 });
    const [sentBefore, sentAfter] = [
      newest.messages[3]?.at ?? undefined,
      newest.messages[7]?.at ?? undefined,
    ];
    const stretch = await api.listMessages(archive, { sentAfter, sentBefore, pageSize: 1_000 });
    expect(stretch.messages).toEqual(newest.messages.slice(3, 8));
  });

  test("a stale link is refused with Twilio's code", async () => {
    const { nextPage } = await api.listMessages(archive, { pageSize: 2_000 / 2 });
    const stale = String(nextPage).replace(/PageToken=\w+/, `PageToken=PASM${"0".repeat(32)}`);
    await expect(api.listMessages(archive, { page: stale })).rejects.toMatchObject({ code: 21481 });
  });

  test("a page of more than 1,000 is refused", async () => {
    await expect(api.listMessages(archive, { pageSize: 1_001 })).rejects.toMatchObject({ code: 20007 });
  });
});
