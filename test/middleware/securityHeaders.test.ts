import { expect, test } from "vitest";
import { startParley } from "../support/parley.ts";
import { visit } from "../support/visitor.ts";

test("a page runs our own script and style only, stands in no frame, and has a nonce of its own each time", async () => {
  const parley = await startParley();
  const pages = [await visit(parley.url).get("/login"), await visit(parley.url).get("/login")];
  const nonces = pages.map(({ text, headers }) => {
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /name="csp-nonce" content="([^"]+)"/.exec(text)?.[1] ?? "nothing";
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    return nonce;
  });
  expect(new Set(nonces).size).toBe(2);
  expect(pages[0]?.headers["strict-transport-security"]).toBeUndefined();
  expect(pages[0]?.headers["x-powered-by"]).toBeUndefined();
  await parley.close();
});

test("under an https address, browsers are told to stay with it", async () => {
  const parley = await startParley({ config: { publicUrl: "https://parley.example" } });
  const page = await visit(parley.url).get("/login").set("Host", "parley.example");
  expect(page.headers["strict-transport-security"]).toContain("max-age=");
  expect(page.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  await parley.close();
});
