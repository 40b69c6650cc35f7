import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatPath } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { ben, shop } from "../support/people.ts";
import { textForm } from "../support/twilioForms.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

const type = "application/x-www-form-urlencoded";

function post(path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  const init = { method: "POST", headers: { "Content-Type": type, ...headers }, redirect: "manual" as const };
  return fetch(parley.url + path, { ...init, body });
}

test.each(["/login", "/sms", "/sms/status"])("a compressed form is not unpacked at %s", async (path) => {
  const form = gzipSync(new URLSearchParams({ ...textForm(), accountSid: "a".repeat(200_000) }).toString());
  expect((await post(path, form, { "Content-Encoding": "gzip" })).status).toBe(415);
});

test("a stranger's form is short, and what a page repeats of it shorter", async () => {
  const long = await post("/login", `accountSid=${"a".repeat(40_000)}`);
  expect(long.status).toBe(413);
  const quotes = await post("/login", `accountSid=${"%22".repeat(9_000)}&next=/chat/${"%22".repeat(1_000)}`);
  expect(quotes.status).toBe(422);
  expect((await quotes.text()).length).toBeLessThan(12_000);
});

test("somebody signed in is told that a text is too long, and keeps it", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  await visitor.submit("/chat", "/targets", { phoneNumber: ben, twilioNumber: "+15014434496" });
  const body = "A long story. ".repeat(5_000);
  const page = chatPath(ben);
  const answer = await visitor.submit(page, `${page}/messages`, { body, formId: "a-long-story" });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(body);
});

test("forms that never end take only so much of the memory, for one network", async () => {
  const { port } = new URL(parley.url);
  const head = `POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nContent-Length: 32768\r\n\r\n`;
  const open: Socket[] = [];
  for (let count = 0; count < 128; count += 1) {
    const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    socket.write(head + "a");
    open.push(socket);
  }
  await expect.poll(async () => (await post("/login", "accountSid=AC1")).status).toBe(429);
  expect((await fetch(`${parley.url}/login`)).status).toBe(200);
  for (const socket of open) socket.destroy();
  await Promise.all(open.map((socket) => once(socket, "close")));
  await expect.poll(async () => (await post("/login", "accountSid=AC1")).status).toBe(422);
});
