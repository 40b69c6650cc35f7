import { get, type OutgoingHttpHeaders } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox({ perFile: true });

/** As a browser asks, which lets nobody choose these headers; fetch does not let us either. */
function statusOf(url: string, path: string, headers: OutgoingHttpHeaders): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url + path, { headers }, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
}

describe("the names that the sandbox goes by on its own machine", () => {
  test.each([
    ["localhost", 200],
    ["localhost:4010", 200],
    ["LOCALHOST", 200],
    ["127.0.0.1:80", 200],
    ["[::1]:4010", 200],
    ["evil.example", 421],
    ["localhost.evil.example", 421],
    ["127.0.0.1.evil.example:4010", 421],
    ["localhost:4010.evil.example", 421],
  ])("%j: %i", async (host, status) => {
    expect(await statusOf(use.sandbox.url, "/icon.svg", { host })).toBe(status);
  });

  let open: Sandbox | undefined;
  afterEach(() => open?.close());

  test("are any when it is open to other machines", async () => {
    open = await startSandbox({ host: "0.0.0.0" });
    expect(await statusOf(open.url, "/icon.svg", { host: "sandbox.example" })).toBe(200);
  });
});

describe("a form of the handset or a call of the control API", () => {
  const own = () => new URL(use.sandbox.url).host;

  test.each([
    ["of the page itself", { "sec-fetch-site": "same-origin" }, 200],
    ["typed into the browser", { "sec-fetch-site": "none" }, 200],
    ["of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["of a sister site", { "sec-fetch-site": "same-site" }, 403],
    ["of a script, which says nothing", {}, 200],
    ["of a page elsewhere, in an old browser", { origin: "https://evil.example" }, 403],
    ["of a page without an origin", { origin: "null" }, 403],
  ])("%s", async (_what, headers, status) => {
    expect(await statusOf(use.sandbox.url, "/_sandbox/log", headers)).toBe(status);
  });

  test("of the page itself in an old browser", async () => {
    expect(await statusOf(use.sandbox.url, "/_sandbox/log", { origin: `http://${own()}` })).toBe(200);
    expect(await statusOf(use.sandbox.url, "/_sandbox/log", { origin: "http://127.0.0.1:1" })).toBe(403);
  });
});
