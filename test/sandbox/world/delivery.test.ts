import { describe, expect, test } from "vitest";
import { SandboxAccount } from "../../../src/sandbox/world/account.ts";
import { alertOf } from "../../../src/sandbox/world/alerts.ts";
import { tryConnecting } from "../../../src/sandbox/world/connection.ts";
import { call, type DeliveryOptions } from "../../../src/sandbox/world/delivery.ts";
import { closedAddress, serve, serveSockets } from "../../support/localServer.ts";

const usual: DeliveryOptions = {
  closing: new AbortController().signal,
  userAgent: "TwilioProxy/1.1",
  token: "one-token",
  tokenAtOnce: true,
  signedRoot: "written",
};
const post = (url: string, options: Partial<DeliveryOptions> = {}, form: Record<string, string> = {}) =>
  call("token", { method: "POST", url, form }, { ...usual, ...options });

/** Somebody's webhook that answers with these states in turn, then 200; and what it was asked with. */
async function answering(...states: number[]) {
  const tokens: (string | undefined)[] = [];
  const paths: string[] = [];
  const url = await serve((request, response) => {
    tokens.push(request.headers["i-twilio-idempotency-token"] as string | undefined);
    paths.push(request.url ?? "");
    response.writeHead(states.shift() ?? 200, { "Content-Type": "text/xml" }).end("<Response/>");
  });
  return { url, tokens, paths };
}

describe("an answer", () => {
  test("is told with its status, type, headers and body", async () => {
    const { url } = await answering();
    expect(await post(url)).toMatchObject({
      ...{ method: "POST", url, status: 200, contentType: "text/xml", body: "<Response/>" },
      ...{ unconnected: false, errorCode: null, answerHeaders: { "content-type": "text/xml" } },
    });
  });

  test.each([
    [200, null],
    [204, null],
    [399, null],
    [400, 11200],
    [404, 11200],
    [503, 11200],
  ])("of %i has the code %s", async (status, errorCode) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    expect(await post(url)).toMatchObject({ status, errorCode });
  });
});

describe("what the address says after #", () => {
  test.each([
    ["rc=9&rp=all", 6, "five repeats at most"],
    ["rc=0&rp=all", 1, "none when that is said"],
    ["rc=-3&rp=all", 1, "no less than none"],
    ["rc=two&rp=all", 2, "one when it is no number"],
    ["rp=all", 2, "one unless told otherwise"],
    ["rc=3", 1, "none of an answer, unless a policy says so"],
    ["rc=3&rp=ct,rt", 1, "none of an answer when only time counts"],
    ["rc=1&rp=4xx,5xx", 2, "policies may be listed"],
  ])("%s: called %i times (%s)", async (overrides, times) => {
    const { url, paths } = await answering(...Array.from({ length: 9 }, () => 500));
    await post(`${url}/sms?a=1#${overrides}`);
    expect(paths).toEqual(Array.from({ length: times }, () => "/sms?a=1"));
  });

  test("ends the repeats with the first good answer", async () => {
    const { url, paths } = await answering(500, 404);
    expect((await post(`${url}/#rc=5&rp=all`)).status).toBe(200);
    expect(paths).toHaveLength(3);
  });

  test.each([
    ["rt=100&rp=rt&rc=1", 2],
    ["rt=100&rp=ct&rc=1", 1],
    ["tt=100&rp=rt&rc=5", 1],
  ])("%s: who does not answer in time is called %i times", async (overrides, times) => {
    let asked = 0;
    const url = await serve(() => void (asked += 1));
    expect(await post(`${url}/#${overrides}`)).toMatchObject({ status: 0, errorCode: 11205 });
    expect(asked).toBe(times);
  });

  test("a port that nobody listens at cannot have got the request", async () => {
    const delivery = await post(`${await closedAddress()}/#rc=2&ct=100`);
    expect(delivery).toMatchObject({ status: 0, unconnected: true, errorCode: 11205 });
  });
});

describe("the idempotency token", () => {
  test("is the same on every attempt", async () => {
    const { url, tokens } = await answering(500, 500);
    await post(`${url}/#rc=2&rp=all`);
    expect(tokens).toEqual(["one-token", "one-token", "one-token"]);
  });

  test("comes with repeats only, where that is assumed", async () => {
    const { url, tokens } = await answering(500);
    await post(`${url}/#rp=all`, { tokenAtOnce: false });
    expect(tokens).toEqual([undefined, "one-token"]);
  });
});

test("nothing is waited for when the sandbox closes, and nothing is repeated", async () => {
  const closing = new AbortController();
  let asked = 0;
  const url = await serve(() => {
    asked += 1;
    closing.abort();
  });
  expect((await post(`${url}/#rc=5&rp=all`, { closing: closing.signal })).status).toBe(0);
  expect(asked).toBe(1);
});

test("a percent sign in the credentials of an address is sent as it is meant", async () => {
  let authorization: string | undefined;
  const url = await serve((request, response) => {
    ({ authorization } = request.headers);
    response.end();
  });
  const credentials = async (userinfo: string) => {
    await post(url.replace("//", `//${userinfo}@`));
    return Buffer.from(authorization?.replace("Basic ", "") ?? "", "base64").toString();
  };
  expect(await credentials("par%40ley:s%3Acret")).toBe("par@ley:s:cret");
  expect(await credentials("parley:100%")).toBe("parley:100%");
});

test("a form that is empty leaves an address asked with GET as it is", async () => {
  const { url, paths } = await answering();
  await call("token", { method: "GET", url: `${url}/sms`, form: {} }, usual);
  await call("token", { method: "GET", url: `${url}/sms?a=1`, form: { Body: "a b" } }, usual);
  expect(paths).toEqual(["/sms", "/sms?a=1&Body=a+b"]);
});

describe("a connection", () => {
  test("comes about where somebody listens, whatever is spoken there", async () => {
    const address = await serveSockets((socket) => socket.end());
    await expect(tryConnecting(address, 1_000)).resolves.toBeUndefined();
  });

  test("does not where nobody does", async () => {
    await expect(tryConnecting(await closedAddress(), 1_000)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

test("the Debugger's note has the request and the answer, but nobody's password", async () => {
  const account = new SandboxAccount({});
  const url = await serve((_request, response) =>
    response.writeHead(500, { "X-Reason": "tired" }).end("Oh no"),
  );
  const given = url.replace("//", "//parley:hush@");
  const delivery = await post(`${given}/sms`, {}, { MessageSid: "SM1", Body: "Hi & bye" });
  alertOf(account, delivery, 11200, "error");
  const [alert] = account.alerts;
  expect(alert).toMatchObject({
    ...{ errorCode: 11200, logLevel: "error", resourceSid: "SM1", requestMethod: "POST" },
    ...{
      requestUrl: `${url}/sms`,
      requestVariables: "MessageSid=SM1&Body=Hi+%26+bye",
      responseBody: "Oh no",
    },
  });
  expect(Object.fromEntries(new URLSearchParams(alert?.text))).toEqual({
    ...{ sourceComponent: "14100", ErrorCode: "11200", httpResponse: "500", LogLevel: "ERROR" },
    url: `${url}/sms`,
  });
  expect(alert?.responseHeaders).toContain("x-reason=tired");
  expect(alert?.requestHeaders).toContain("Authorization=Basic+%E2%80%A6");
  expect(JSON.stringify(alert)).not.toContain(Buffer.from("parley:hush").toString("base64"));
});
