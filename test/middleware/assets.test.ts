import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatPath } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit, type Visitor } from "../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

async function fetched(path: string, encoding = "br") {
  const headers = { "Accept-Encoding": encoding, Cookie: visitor.cookie() };
  const answer = await fetch(parley.url + path, { headers });
  return { headers: answer.headers, text: await answer.text() };
}

/** How many bytes a browser is sent. */
async function weight(path: string): Promise<number> {
  const headers = { "Accept-Encoding": "br", Cookie: visitor.cookie() };
  const asked = get(parley.url + path, { headers });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}

test("the first visit of the chat page is light, the second only the page", async () => {
  const page = (await visitor.get(chatPath())).text;
  const assets = new Set(
    [...page.matchAll(/(?:href|src)="(\/(?:assets\/|icon|manifest)[^"#]*)/g)].map(([, path]) => path ?? ""),
  );
  const weights = await Promise.all([chatPath(), ...assets].map(weight));
  expect(assets.size + 1).toBeLessThanOrEqual(8);
  expect(weights.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(75_000);
  expect(weights[0]).toBeLessThan(12_000);
});

test("what is named with its version is kept for good, the rest for an hour", async () => {
  const [, versioned = ""] =
    /src="(\/assets\/app\.js\?v=[^"]+)"/.exec((await visitor.get("/chat")).text) ?? [];
  expect((await fetched(versioned)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const icons = await fetched("/assets/icons.svg");
  expect(icons.headers.get("cache-control")).toBe("public, max-age=3600");
  expect([icons.headers.get("content-encoding"), icons.headers.get("vary")]).toEqual([
    "br",
    "Accept-Encoding",
  ]);
  expect((await fetched("/assets/icons.svg", "identity")).text).toBe(icons.text);
});

test("only what is there is served, whole, and in the form that was asked for", async () => {
  const whole = await fetched("/assets/icons.svg");
  const headers = { Range: "bytes=5-2", "Accept-Encoding": "gzip" };
  const part = await fetch(`${parley.url}/assets/icons.svg`, { headers });
  expect([part.status, part.headers.get("content-encoding"), await part.text()]).toEqual([
    200,
    "gzip",
    whole.text,
  ]);
  const again = visitor.get("/assets/icons.svg").set("Accept-Encoding", "br");
  expect((await again.set("If-None-Match", whole.headers.get("etag") ?? "")).status).toBe(304);
  for (const path of [
    "/assets/app.js.br",
    "/assets/../app.ts",
    "/assets/%2e%2e/icon.svg",
    "/assets/",
    "/assets/none.js",
  ])
    expect((await visitor.get(path)).status).toBe(404);
  expect((await visitor.post("/assets/icons.svg", {})).status).not.toBe(200);
});

test("pages are compressed; a page's form works, and its token looks different each time", async () => {
  const [one, other] = [await fetched(chatPath()), await fetched(chatPath())];
  expect(one.headers.get("content-encoding")).toBe("br");
  const tokenOf = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(tokenOf(one.text)).not.toBe(tokenOf(other.text));
  const renamed = (_csrf: string) => visitor.post(`${chatPath()}/name`, { name: "Ann", _csrf });
  for (const { text } of [one, other]) expect((await renamed(tokenOf(text))).status).toBe(303);
  expect((await renamed(tokenOf(one.text).replace(/^..../, "AAAA"))).status).toBe(403);
});
