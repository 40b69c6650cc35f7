import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley({ config: { publicUrl: "https://parley.example" } });
});
afterAll(() => parley.close());

const host = { Host: "parley.example" };

test("a page asked for by http leads to the same one by https", async () => {
  const answer = await visit(parley.url)
    .get("/login?next=%2Fchat")
    .set({ ...host, "X-Forwarded-Proto": "http" });
  expect([answer.status, answer.headers.location]).toEqual([
    308,
    "https://parley.example/login?next=%2Fchat",
  ]);
});

test.each([{ "X-Forwarded-Proto": "http" }, {}])(
  "a form that came by http is refused (%o)",
  async (scheme) => {
    const answer = await visit(parley.url)
      .post("/login", { ...shop })
      .set({ ...host, ...scheme });
    expect(answer.status).toBe(403);
    expect(answer.get("Set-Cookie")).toBeUndefined();
  },
);

test("without a word of how the browser came, a page says what the proxy must send", async () => {
  const answer = await visit(parley.url).get("/login").set(host);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("X-Forwarded-Proto: https");
});

test("webhooks are left to their signatures, and loopback names to people on this machine", async () => {
  expect((await visit(parley.url).post("/sms", { Body: "x" }).set(host)).status).toBe(400);
  expect((await visit(parley.url).get("/login").set("Host", "127.0.0.1:3000")).status).toBe(200);
});
