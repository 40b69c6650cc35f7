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

test("forms that never end take only so much of the memory, and only from the network they come from", async () => {
  const proxied = await startParley({ config: { trustProxy: 1 } });
  const { port } = new URL(proxied.url);
  const from = (address: string, path = "/login") =>
    fetch(proxied.url + path, {
      ...{ method: "POST", body: `accountSid=${"a".repeat(300)}` },
      headers: { "Content-Type": type, "X-Forwarded-For": address },
    }).then(
      ({ status }) => status,
      () => "cut off",
    );
  const head = `POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 198.51.100.7\r\nContent-Type: ${type}\r\n`;
  const open: Socket[] = [];
  for (let count = 0; count < 128; count += 1) {
    const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    socket.write(`${head}Content-Length: 32768\r\n\r\n${"a".repeat(32_767)}`);
    open.push(socket);
  }
  // Announced bytes cost nothing, so only what has come counts.
  await expect.poll(() => from("198.51.100.7")).toBe("cut off");
  expect(await from("203.0.113.9")).toBe(422);
  for (const socket of open) socket.destroy();
  await Promise.all(open.map((socket) => once(socket, "close")));
  await expect.poll(() => from("198.51.100.7")).toBe(422);
  await proxied.close();
});

test("bytes that are announced and never come take nothing from others", async () => {
  const head = `POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nContent-Length: 32768\r\n\r\na`;
  const open = Array.from({ length: 200 }, () =>
    connect(Number(new URL(parley.url).port), "127.0.0.1").on("error", () => undefined),
  );
  await Promise.all(open.map((socket) => once(socket, "connect")));
  for (const socket of open) socket.write(head);
  expect((await post("/login", "accountSid=AC1")).status).toBe(422);
  for (const socket of open) socket.destroy();
});
