import { afterAll, beforeAll, expect, test } from "vitest";
import { alerts, heading } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit, type Visitor } from "../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley({ config: { logLevel: "silent" } });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const isPlain = (html: string) => !/at .*\.ts:\d+|Error:/.test(html);

test("an address with nothing behind it is a page that leads back to the chat", async () => {
  const { status, text } = await visitor.get("/nothing-here");
  expect([status, heading(text)]).toEqual([404, "Not found"]);
  expect(alerts(text)).toEqual(["There is nothing at this address."]);
  expect(text).toContain('href="/chat">Back to chat</a>');
});

test.each(["/chat/%E0%A4%A/x", "/chat/%zz/x"])(
  "%s, which nobody can read, is refused in a sentence",
  async (path) => {
    const { status, text } = await visitor.get(path);
    expect(status).toBe(400);
    expect(alerts(text)).toEqual(["This request makes no sense to Parley."]);
  },
);

test("a form that is far too big is refused in a sentence", async () => {
  const { status, text } = await visitor.submit("/chat", "/targets", { phoneNumber: "1".repeat(300_000) });
  expect([status, alerts(text)]).toEqual([413, ["That is more than this form takes."]]);
});

test("a fault of our own is a page without its details", async () => {
  const own = await startParley({ config: { logLevel: "silent" } });
  const browser = visit(own.url);
  await browser.signIn(shop);
  await own.server.dependencies.store.close();
  const { status, text } = await browser.get("/chat");
  expect(status).toBeGreaterThanOrEqual(500);
  expect(alerts(text)).toHaveLength(1);
  expect(isPlain(text)).toBe(true);
  await own.close();
});
