import { afterAll, beforeAll, expect, test } from "vitest";
import { beginner, shop, shopSeed } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";

const suspended = { accountSid: `AC${"5a".repeat(16)}`, authToken: "aa".repeat(16) };
const closed = { accountSid: `AC${"c1".repeat(16)}`, authToken: "bb".repeat(16) };

let parley: Parley;
beforeAll(async () => {
  const seed = shopSeed();
  seed.accounts.push({ sid: suspended.accountSid, authToken: suspended.authToken, status: "suspended" });
  seed.accounts.push({ sid: closed.accountSid, authToken: closed.authToken, status: "closed" });
  parley = await startParley({ seed });
});
afterAll(() => parley.close());

test("right credentials lead to chat, each time under a fresh session id, and the session before ends", async () => {
  const visitor = visit(parley.url);
  const answer = await visitor.signIn(shop);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe("/chat");
  const first = visitor.cookie();
  await visitor.submit("/chat", "/login", { ...beginner });
  expect(visitor.cookie()).not.toBe(first);
  expect((await visit(parley.url).get("/chat").set("Cookie", first)).status).toBe(303);
});

test("every browser that is signed in is listed, and can be signed out from another", async () => {
  const [here, there] = [visit(parley.url), visit(parley.url)];
  here.agent.set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
  await here.signIn(shop);
  await there.signIn(shop);
  const page = (await here.get("/sessions")).text;
  for (const part of ["Firefox on Linux", "This browser", "A program", "127.0.0.1"])
    expect(page).toContain(part);
  const other = /A program.*?action="(\/sessions\/[0-9a-f]{64}\/sign-out)"/s.exec(page)?.[1] ?? "";
  expect((await here.submit("/sessions", other, {})).headers.location).toBe("/sessions");
  expect((await there.get("/chat")).status).toBe(303);
  expect((await here.get("/sessions")).text).toContain("That browser is signed out");
  expect((await here.submit("/sessions", other, {})).status).toBe(404);
});

test("signing out everywhere ends this session, too, and keeps the account", async () => {
  const [here, there] = [visit(parley.url), visit(parley.url)];
  for (const visitor of [here, there]) await visitor.signIn(shop);
  const answer = await here.submit("/sessions", "/sign-out-everywhere", {});
  expect(answer.headers.location).toBe("/login?from=sign-out");
  for (const visitor of [here, there]) expect((await visitor.get("/chat")).status).toBe(303);
  expect(await parley.server.dependencies.store.accounts.find(shop.accountSid)).toBeDefined();
});

test.each([
  [
    "an unknown account",
    { accountSid: `AC${"99".repeat(16)}`, authToken: "nope" },
    401,
    "Twilio does not know this Account SID",
  ],
  ["a wrong token", { ...shop, authToken: "nope-nope-nope" }, 401, "Twilio does not know this Account SID"],
  ["a suspended account", suspended, 401, "suspended this account"],
  ["a closed account", closed, 401, "account is closed"],
  ["a malformed SID", { accountSid: "AC123", authToken: "no-use-at-all" }, 422, "not an Account SID"],
  ["an empty token", { ...shop, authToken: "" }, 422, "Enter the Auth token"],
])(
  "%s stays on the page with a sentence, the SID and no token",
  async (_who, credentials, status, sentence) => {
    const answer = await visit(parley.url).signIn(credentials);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain(`value="${credentials.accountSid}"`);
    if (credentials.authToken) expect(answer.text).not.toContain(credentials.authToken);
  },
);

test("an Account SID in other letters is read as it is meant", async () => {
  const shouted = { ...shop, accountSid: ` ${shop.accountSid.toLowerCase()} ` };
  expect((await visit(parley.url).signIn(shouted)).headers.location).toBe("/chat");
});

test("Twilio being away is said as such", async () => {
  const alone = await startParley({ config: { twilioApiUrl: "http://127.0.0.1:9" } });
  try {
    const answer = await visit(alone.url).signIn(shop);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain("Twilio cannot be reached");
    expect(answer.text).toContain(shop.accountSid);
  } finally {
    await alone.close();
  }
});

test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/login"])(
  "the way back never leads to %s",
  async (next) => {
    const answer = await visit(parley.url).submit("/login", "/login", { ...shop, next });
    expect(answer.headers.location).toBe("/chat");
  },
);

test("logging out forgets this account and leaves the others signed in", async () => {
  const own = await startParley();
  try {
    const [leaving, elsewhere, staying] = [visit(own.url), visit(own.url), visit(own.url)];
    await leaving.signIn(shop);
    await elsewhere.signIn(shop);
    await staying.signIn(beginner);
    const answer = await leaving.submit("/chat", "/logout", {});
    expect(answer.headers.location).toBe("/login?from=logout");
    expect((await leaving.get("/login?from=logout")).text).toContain("You are logged out");
    expect((await leaving.get("/chat")).status).toBe(303);
    expect((await elsewhere.get("/chat")).status).toBe(303);
    expect((await staying.get("/chat")).status).toBe(200);
  } finally {
    await own.close();
  }
});
