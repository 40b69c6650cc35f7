import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../../support/parley.ts";
import { beginner, shop } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const sessions = (account = shop) => parley.server.dependencies.models.sessions.list(account.accountSid);
const status = async (of: Visitor) => (await of.get("/chat")).status;
const signOut = (id: string) => visitor.submit("/sessions", `/sessions/${id}/sign-out`, {});

test("another account's session is nobody's to end", async () => {
  const other = visit(parley.url);
  await other.signIn(beginner);
  const [theirs] = await sessions(beginner);
  expect((await signOut(theirs?.id ?? "")).status).toBe(404);
  expect([await status(visitor), await status(other)]).toEqual([200, 200]);
});

test.each(["0".repeat(64), "..%2f.."])("what names no session (%s) is not found", async (id) => {
  expect((await signOut(id)).status).toBe(404);
  expect(await status(visitor)).toBe(200);
});

test.each(["/sessions/ID/sign-out", "/sign-out-everywhere", "/sign-out"])(
  "without the page's token %s ends nothing",
  async (path) => {
    const [own] = await sessions();
    expect((await visitor.post(path.replace("ID", own?.id ?? ""), {})).status).toBe(403);
    expect(await status(visitor)).toBe(200);
  },
);

test.each(["/sessions", "/sessions/ID/sign-out", "/sign-out-everywhere"])(
  "a stranger at %s signs in first, and ends nothing",
  async (path) => {
    const [own] = await sessions();
    const stranger = visit(parley.url);
    const address = path.replace("ID", own?.id ?? "");
    const answer = await (path === "/sessions" ? stranger.get(address) : stranger.post(address, {}));
    expect([answer.status, answer.headers.location?.split("?")[0]]).toEqual([303, "/login"]);
    expect(await status(visitor)).toBe(200);
  },
);

test("ending this browser's own session is a sign-out, with nothing left in the browser", async () => {
  const [own] = await sessions();
  const answer = await signOut(own?.id ?? "");
  expect(answer.headers.location).toBe("/login?from=sign-out");
  expect(answer.headers["clear-site-data"]).toBe('"storage"');
  expect(answer.get("Set-Cookie")?.join()).toMatch(/^parley\.sid=;.*Expires=Thu, 01 Jan 1970/);
  expect(await status(visitor)).toBe(303);
});
