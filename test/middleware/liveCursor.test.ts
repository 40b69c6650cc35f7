import { afterAll, beforeAll, expect, test } from "vitest";
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

const cursorIn = (html: string) => Number(/<meta name="live-cursor" content="(\d+)">/.exec(html)?.[1]);
const announce = () => parley.server.dependencies.store.events.announce(shop.accountSid, { kind: "refresh" });
const newest = () => parley.server.dependencies.store.events.cursor();

test.each(["/chat", "/admin"])("%s says from which event on it listens", async (path) => {
  await announce();
  const before = await newest();
  const shown = cursorIn((await visitor.get(path)).text);
  expect([shown >= before, shown <= (await newest())]).toEqual([true, true]);
});

test("a form's page that comes back listens from where it was drawn, not from where it was first", async () => {
  const first = cursorIn((await visitor.get("/chat")).text);
  await announce();
  const refused = await visitor.submit("/chat", "/targets", { phoneNumber: "12345" });
  expect(refused.status).toBe(422);
  expect(cursorIn(refused.text)).toBeGreaterThan(first);
});

test("a stranger's page listens to nothing", async () => {
  expect((await visit(parley.url).get("/login")).text).not.toContain("live-cursor");
});
