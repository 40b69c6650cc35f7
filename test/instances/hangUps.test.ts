import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { openTestStore, type TestStore } from "../support/stores.ts";
import { visit, type Visitor } from "../support/visitor.ts";

// With PostgreSQL a session takes a moment to look up, in which a browser may go.
let database: TestStore;
let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  database = await openTestStore("postgres");
  parley = await startParley({ config: { databaseUrl: database.options.databaseUrl } });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(async () => {
  await parley.close();
  await database.close();
});

/** Asks and hangs up so many times, after 0 to 3 ms. */
async function hangUp(path: string, accept: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    const socket = connect(Number(new URL(parley.url).port), "127.0.0.1");
    await once(socket, "connect");
    const head = `Host: ${new URL(parley.url).host}\r\nCookie: ${visitor.cookie()}\r\nAccept: ${accept}`;
    socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n\r\n`);
    await wait(index % 4);
    socket.resetAndDestroy();
  }
}

test("a browser that hangs up while its session is looked up takes no place for ever", async () => {
  await hangUp("/chat", "text/html", 40);
  await hangUp("/export", "text/html", 4);
  await hangUp("/events?after=0", "text/event-stream", 25);
  expect((await visitor.get("/chat")).status).toBe(200);
  await expect.poll(async () => (await visitor.get("/export")).status).toBe(200);
  await expect.poll(() => parley.server.dependencies.live.count()).toBe(0);
});
