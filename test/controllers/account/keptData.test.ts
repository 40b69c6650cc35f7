import { afterEach, beforeEach, expect, test } from "vitest";
import { anna, beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { hidden, visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeEach(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterEach(() => parley.close());

const name = (target: string, given: string, by = visitor) =>
  by.submit("/chat", "/targets", { phoneNumber: target, twilioNumber: shopNumber, name: given });

async function restore(content: string | Buffer, by = visitor) {
  const page = await by.get("/restore");
  return by.agent
    .post("/restore")
    .field("_csrf", hidden(page.text, "_csrf"))
    .attach("copy", Buffer.from(content), "copy.json");
}

const account = () => parley.server.dependencies.store.accounts.find(shop.accountSid);

test("with nothing kept a logout is at once", async () => {
  const answer = await visitor.submit("/chat", "/logout", {});
  expect(answer.headers.location).toBe("/login?from=logout");
  expect(await account()).toBeUndefined();
});

test("with names a logout first says what would go, and goes only when told again", async () => {
  await name(ben, "Benjamin");
  const asked = await visitor.submit("/chat", "/logout", {});
  expect([asked.status, asked.headers.location]).toEqual([303, "/logout"]);
  expect(await account()).toBeDefined();
  const page = (await visitor.get("/logout")).text;
  for (const part of [
    "1 name",
    "Download a copy",
    "Restore a copy",
    "Sign out of this browser",
    "Log out and delete",
  ])
    expect(page).toContain(part);
  const left = await visitor.submit("/logout", "/logout", { confirmed: "yes" });
  expect(left.headers.location).toBe("/login?from=logout");
  expect((await visitor.get("/login?from=logout")).text).toContain("You are logged out");
  expect(await account()).toBeUndefined();
});

test("a GET never logs anybody out", async () => {
  expect((await visitor.get("/logout")).status).toBe(200);
  expect((await visitor.get("/chat")).status).toBe(200);
});

test("signing out of this browser keeps the account, the names and the other browsers", async () => {
  await name(ben, "Benjamin");
  const other = visit(parley.url);
  await other.signIn(shop);
  const left = await visitor.submit("/logout", "/sign-out", {});
  expect([left.status, left.headers.location]).toEqual([303, "/login?from=sign-out"]);
  expect(left.headers["clear-site-data"]).toBe('"storage"');
  expect((await visitor.get("/login?from=sign-out")).text).toContain("signed out of this browser");
  expect((await visitor.get("/chat")).status).toBe(303);
  expect((await other.get("/chat")).text).toContain("Benjamin");
});

test("a copy is one file without secrets or messages, and is restored after the next sign-in, twice the same", async () => {
  await name(ben, "Benjamin");
  await name(anna, "Anna");
  const copy = await visitor.get("/export");
  expect(copy.headers["content-disposition"]).toMatch(
    /^attachment; filename="?parley-515151-\d{4}-\d\d-\d\d\.json"?$/,
  );
  expect(copy.headers["cache-control"]).toBe("no-store");
  expect(copy.text).not.toContain(shop.authToken);
  expect(copy.text).not.toContain("walnut shelf");
  await visitor.submit("/logout", "/logout", { confirmed: "yes" });

  const again = visit(parley.url);
  await again.signIn(shop);
  expect((await again.get("/chat")).text).not.toContain("Benjamin");
  const restored = await restore(copy.text, again);
  expect([restored.status, restored.headers.location]).toEqual([303, "/chat"]);
  expect((await again.get("/chat")).text).toContain("Restored: 2 names.");
  await name(ben, "", again);
  expect((await again.get("/chat")).text).toContain("Benjamin");
  await restore(copy.text, again);
  expect((await again.get("/chat")).text).toContain("Restored: 0 names (2 more were the same already).");
});

test("a copy of another account is taken, and the page says whose it is", async () => {
  await name(ben, "Benjamin");
  const copy = await visitor.get("/export");
  const other = visit(parley.url);
  await other.signIn(beginner);
  await restore(copy.text, other);
  expect((await other.get("/chat")).text).toContain("Restored from Walnut &amp; Sons: 1 name.");
});

test.each([
  ["within brackets", "[".repeat(9_000_000) + "]".repeat(9_000_000)],
  ["within and beside brackets", `[${`${"[".repeat(10)}${"]".repeat(10)},`.repeat(800_000)}[]]`],
  ["beside brackets", `[${"[],".repeat(6_000_000)}[]]`],
  [
    "after a text of them",
    `"${"]".repeat(6_000_000)}","more":${"[".repeat(6_000_000)}${"]".repeat(6_000_000)}`,
  ],
])("a copy of brackets %s is refused before it takes anybody's time", async (_, names) => {
  const head = `"format":"parley-copy","version":1,"account":{"sid":"x","friendlyName":""}`;
  const answer = await restore(`{${head},"names":${names}}`);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("not a copy from Parley");
});

test("an account brings one file at a time", async () => {
  const { text } = await visitor.get("/restore");
  const send = () =>
    visitor.agent
      .post("/restore")
      .field("_csrf", hidden(text, "_csrf"))
      .attach("copy", Buffer.alloc(15_000_000, " "), "copy.json")
      .then(({ status }) => status);
  const statuses = await Promise.all([send(), send(), send()]);
  expect(statuses.toSorted()).toEqual([422, 429, 429]);
  expect(await send()).toBe(422);
});

test.each([
  ["no file at all", undefined, 422, "Choose the file"],
  ["a picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]), 422, "not a copy from Parley"],
  ["a file of 50 MB", Buffer.alloc(50 * 1024 * 1024), 413, "larger than 20 MB"],
])("%s is refused with a sentence", async (_, content, status, sentence) => {
  const answer = content ? await restore(content) : await visitor.submit("/restore", "/restore", {});
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(sentence);
});

test("a copy that an editor saved with a byte order mark is restored", async () => {
  await name(ben, "Benjamin");
  const copy = await visitor.get("/export");
  expect((await restore(`\ufeff${copy.text}`)).status).toBe(303);
});

test("a form whose file is named otherwise, or cut off, is refused with a sentence", async () => {
  const token = hidden((await visitor.get("/restore")).text, "_csrf");
  const otherwise = await visitor.agent
    .post("/restore")
    .field("_csrf", token)
    .attach("other", Buffer.from("{}"), "copy.json");
  const cutOff = await visitor.agent
    .post("/restore")
    .set("Content-Type", "multipart/form-data; boundary=x")
    .send('--x\r\nContent-Disposition: form-data; name="copy"; filename="copy.json"\r\n\r\n{"for');
  for (const { status, text } of [otherwise, cutOff]) {
    expect(status).toBe(422);
    expect(text).toContain("did not arrive whole");
  }
});

test.each(["constructor", "__proto__", "elsewhere"])(
  "the sign-in page says no goodbye after %s",
  async (from) => {
    const page = await visit(parley.url).get(`/login?from=${from}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/class="alert /);
  },
);

test.each(["/logout", "/sign-out"])("%s is refused without the page's token", async (path) => {
  expect((await visitor.agent.post(path).type("form").send({ confirmed: "yes" })).status).toBe(403);
  expect(await account()).toBeDefined();
});

test("a copy is refused without the page's token, and nothing of it restored", async () => {
  const copy = '{"format":"parley-copy","version":1,"account":{"sid":"AC1","friendlyName":"X"},"names":[]}';
  const answer = await visitor.agent.post("/restore").attach("copy", Buffer.from(copy), "copy.json");
  expect(answer.status).toBe(403);
});

test("a stranger gets neither copy nor question", async () => {
  const stranger = visit(parley.url);
  for (const path of ["/logout", "/export", "/restore"]) {
    const answer = await stranger.get(path);
    expect([answer.status, answer.headers.location?.split("?")[0]]).toEqual([303, "/login"]);
  }
});
