import type { RequestListener } from "node:http";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  AnswerLost,
  BadCredentials,
  type ParleyError,
  TwilioBusy,
  TwilioRefused,
  TwilioUnreachable,
} from "../../src/models/errors.ts";
import { createTwilioApi } from "../../src/twilio/client.ts";
import { answer, closedAddress, serve, serveSockets } from "../support/localServer.ts";

const credentials = { accountSid: `AC${"51".repeat(16)}`, authToken: "5e".repeat(16) };
const sid = `SM${"a1".repeat(16)}`;
const message = {
  twilioNumber: "+15014434496",
  target: "+15012080731",
  body: "Hi",
  statusCallback: undefined,
};

// Long enough for a busy machine to connect in half of it.
const shortMs = 800;

describe("an answer with an error becomes a named error, for reads and writes alike", () => {
  test.each([
    [401, 20003, new BadCredentials("wrong")],
    [403, 20003, new BadCredentials("wrong")],
    [401, 20005, new BadCredentials("suspended")],
    [403, 20403, new BadCredentials("suspended")],
    [403, 10001, new BadCredentials("suspended")],
    [403, 20008, new BadCredentials("test")],
    [429, 20429, new TwilioBusy()],
    [503, 20429, new TwilioBusy()],
    [429, 21611, new TwilioRefused("Twilio's words", 21611)],
    [429, 63038, new TwilioRefused("Twilio's words", 63038)],
    [400, 21610, new TwilioRefused("Twilio's words", 21610)],
    [400, 21481, new TwilioRefused("Twilio's words", 21481)],
    [403, 20006, new TwilioRefused("Twilio's words", 20006)],
  ])("HTTP %i with code %i", async (status, code, expected) => {
    const body = JSON.stringify({ code, message: "Twilio's words", more_info: "", status });
    const errors = await failures(await serve(answer(status, body)));
    for (const error of [...errors.reads, ...errors.writes]) expect(error).toEqual(expected);
  });

  test("of the newer shape as well", async () => {
    const body = JSON.stringify({ type: "https://x", title: "No", status: 400, code: 21421, detail: "No" });
    const { writes } = await failures(await serve(answer(400, body)));
    for (const error of writes) expect(error).toMatchObject({ name: "TwilioRefused", code: 21421 });
  });

  test.each([
    [401, "<h1>No</h1>", "BadCredentials", /Copy both again/],
    [429, "<h1>Slow down</h1>", "TwilioBusy", /busy/],
    [400, "<h1>No</h1>", "TwilioRefused", /HTTP 400/],
    [400, "[]", "TwilioRefused", /HTTP 400/],
    [400, '"no"', "TwilioRefused", /HTTP 400/],
  ])("HTTP %i with %s, which is not Twilio's JSON", async (status, body, name, words) => {
    const { reads, writes } = await failures(await serve(answer(status, body)));
    for (const error of [...reads, ...writes]) {
      expect(error.name).toBe(name);
      expect(error.message).toMatch(words);
    }
  });
});

describe("a lost answer: a read may be made again, a write may have happened", () => {
  const cases: [string, RequestListener][] = [
    ["HTTP 500 with HTML", answer(500, "<h1>Oops</h1>")],
    ["HTTP 500 with Twilio's JSON", answer(500, '{"code":20500,"message":"Internal","status":500}')],
    ["HTTP 502 without a body", answer(502, "")],
    ["HTTP 503 with code 20503", answer(503, '{"code":20503,"message":"Later","status":503}')],
    ["a redirect", (_, response) => response.writeHead(302, { Location: "/elsewhere" }).end("moved")],
    ["HTML in place of JSON", answer(200, "<h1>Wi-Fi login</h1>")],
    ["an empty success", answer(200, "")],
    ["half a JSON text", answer(201, '{"sid":"SM')],
    ["null", answer(200, "null")],
    ["a connection cut at once", (request) => request.socket.destroy()],
    ["a connection reset", (request) => request.socket.resetAndDestroy()],
    [
      "a connection cut in the middle of the answer",
      (request, response) => {
        response.writeHead(200, { "Content-Length": "1000" }).write('{"sid":');
        setTimeout(() => request.socket.destroy(), 20);
      },
    ],
  ];
  test.each(cases)("%s", async (_, listener) => lostAnswers(await serve(listener)));

  const silences: [string, RequestListener][] = [
    ["silence", () => undefined],
    [
      "silence in the middle of the answer",
      (_, response) => response.writeHead(200, { "Content-Type": "application/json" }).write('{"sid":'),
    ],
  ];
  test.each(silences)("%s", async (_, listener) => lostAnswers(await serve(listener), shortMs));

  test("a success that is not what was asked for", async () => {
    const api = createTwilioApi({ apiUrl: await serve(answer(200, "{}")) });
    await expect(api.fetchAccount(credentials)).rejects.toThrow(TwilioUnreachable);
    await expect(api.fetchMessage(credentials, sid)).rejects.toThrow(TwilioUnreachable);
    await expect(api.listMessages(credentials, { pageSize: 1 })).rejects.toThrow(TwilioUnreachable);
    await expect(api.sendMessage(credentials, message)).rejects.toThrow(AnswerLost);
    await expect(api.buyNumber(credentials, "+15014434496", undefined)).rejects.toThrow(AnswerLost);
  });
});

describe("without a connection nothing can have happened, so also a write is only unreachable", () => {
  test("the port is closed", async () => unreachable(await closedAddress()));

  test("there is no such host", () => unreachable("http://parley.invalid"));

  test("there is no way to the host", () => unreachable("http://255.255.255.255", shortMs));

  test("the secure connection never comes about", async () => {
    await unreachable(await serveSockets(() => undefined), shortMs);
  });

  test("the secure connection is cut while it is made", async () => {
    await unreachable(await serveSockets((socket) => socket.once("data", () => socket.destroy())));
  });

  test("the server does not speak TLS", async () => {
    await unreachable((await serve(answer(200, "{}"))).replace("http:", "https:"));
  });
});

async function lostAnswers(apiUrl: string, timeoutMs?: number): Promise<void> {
  const { reads, writes } = await failures(apiUrl, timeoutMs);
  expect(reads.map(({ name }) => name)).toEqual(reads.map(() => "TwilioUnreachable"));
  expect(writes.map(({ name }) => name)).toEqual(writes.map(() => "AnswerLost"));
}

async function unreachable(apiUrl: string, timeoutMs?: number): Promise<void> {
  const { reads, writes } = await failures(apiUrl, timeoutMs);
  for (const error of [...reads, ...writes]) expect(error.name).toBe("TwilioUnreachable");
}

/** What each call of the port fails with; no error may hold the token. */
async function failures(
  apiUrl: string,
  timeoutMs?: number,
): Promise<{ reads: ParleyError[]; writes: ParleyError[] }> {
  const api = createTwilioApi({ apiUrl, timeoutMs });
  const reads = reasons([
    api.fetchAccount(credentials),
    api.fetchMessage(credentials, sid),
    api.listMessages(credentials, { pageSize: 1_000 }),
    api.listMessages(credentials, { page: "/2010-04-01/Accounts/AC1/Messages.json?Page=1" }),
    api.listNumbers(credentials),
    api.listCountries(credentials),
    api.listAvailable(credentials, { country: "US" }),
  ]);
  const writes = reasons([
    api.sendMessage(credentials, message),
    api.buyNumber(credentials, "+15014434496", "https://inbox.example/sms"),
  ]);
  return { reads: await reads, writes: await writes };
}

async function reasons(calls: Promise<unknown>[]): Promise<ParleyError[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((result) => {
    if (result.status === "fulfilled") throw new Error("the call should have failed");
    const shown = inspect(result.reason, { depth: Infinity, showHidden: true });
    expect(shown).not.toContain(credentials.authToken);
    expect(shown).not.toContain(btoa(`${credentials.accountSid}:${credentials.authToken}`));
    return result.reason as ParleyError;
  });
}
