import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpipelined } from "../src/server.ts";
import { startParley, type Parley } from "./support/parley.ts";
import { shop } from "./support/people.ts";
import { visit } from "./support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

/** Sends so many requests without waiting; what came until the server, or we at the last answer, closed. */
async function pipelined(count: number): Promise<{ answers: number; wasCut: boolean }> {
  const { port } = new URL(parley.url);
  const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
  const ask = (connection: string) =>
    `GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: ${connection}\r\n\r\n`;
  socket.write(ask("keep-alive").repeat(count - 1) + ask("close"));
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, "close");
  const answers = text.match(/HTTP\/1\.1 200/g)?.length ?? 0;
  return { answers, wasCut: answers < count };
}

test("who asks for a few pages at once over one connection gets them, who asks for hundreds is cut off", async () => {
  expect(await pipelined(10)).toEqual({ answers: 10, wasCut: false });
  expect((await pipelined(300)).wasCut).toBe(true);
  expect((await fetch(`${parley.url}/healthz`)).status).toBe(200);
});

test("what comes beyond is not even looked at", async () => {
  let asked = 0;
  const server = createServer(unpipelined(() => (asked += 1))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
  await once(socket, "close");
  expect(asked).toBe(30);
  server.close();
});

test("nothing waits for its answer behind a live stream", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  const socket = connect(Number(new URL(parley.url).port), "127.0.0.1").on("error", () => undefined);
  const head = `Host: 127.0.0.1\r\nCookie: ${visitor.cookie()}\r\nAccept: text/event-stream\r\n\r\n`;
  socket.write(`GET /events?after=1000000000 HTTP/1.1\r\n${head}`);
  await once(socket, "data");
  socket.write(`GET /export HTTP/1.1\r\n${head}`);
  await once(socket, "close");
  expect((await visitor.get("/export")).status).toBe(200);
});
