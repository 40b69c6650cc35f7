import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { ben, anna, shop, shopNumber, shopSeed } from "../support/people.ts";
import { startParley } from "../support/parley.ts";
import { startInstance } from "../support/processes.ts";
import { openTestStore, query } from "../support/stores.ts";
import { postSigned, textForm } from "../support/twilioForms.ts";
import { visit, type Visitor } from "../support/visitor.ts";
import { watch } from "../support/watching.ts";

const chat = (target: string) => `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(target)}`;
const sorry = /<p role="alert">Parley cannot reach its storage right now\. Nothing was lost/;

async function statusOf(url: string, path: string): Promise<number> {
  return (await visit(url).get(path)).status;
}

/** Sends the composer's form, which the visitor had open since before the trouble. */
function send(visitor: Visitor, csrf: string, body: string) {
  const fields = { _csrf: csrf, formId: "typed-before-the-trouble", body };
  return visitor.agent
    .post(`${chat(anna)}/messages`)
    .type("form")
    .send(fields);
}

async function csrfOf(visitor: Visitor): Promise<string> {
  // The past comes in the background, and the conversation with it.
  await expect.poll(async () => (await visitor.get(chat(anna))).status).toBe(200);
  return /name="_csrf" value="([^"]+)"/.exec((await visitor.get(chat(anna))).text)?.[1] ?? "";
}

test("while the database server is gone, Twilio and people are told so; when it is back, all goes on", async () => {
  const database = await openTestStore("postgres");
  const databaseUrl = database.options.databaseUrl ?? "";
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = databaseUrl.replace(name, "postgres");
  const parley = await startParley({ config: { databaseUrl, logLevel: "silent" } });
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  const page = await watch(parley, visitor);
  await page.until("id: ");

  await query(admin, `alter database ${name} with allow_connections false`);
  await query(admin, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  const text = textForm({ Body: "Are you there?" });
  expect((await postSigned(parley.url, text)).status).toBe(503);
  for (const path of ["/chat", chat(ben), "/admin"]) {
    const answer = await visitor.get(path);
    expect(answer.status).toBe(503);
    expect(answer.text).toMatch(sorry);
  }
  expect(await statusOf(parley.url, "/readyz")).toBe(503);
  expect(await statusOf(parley.url, "/healthz")).toBe(200);

  await query(admin, `alter database ${name} with allow_connections true`);
  expect((await postSigned(parley.url, text)).status).toBe(200);
  expect((await visitor.get(chat(ben))).text).toContain("Are you there?");
  page.close();
  // Once it listens again, it hears of what others commit.
  const heard = new Promise<void>((resolve) => database.store.events.listen(() => resolve()));
  expect((await postSigned(parley.url, textForm({ Body: "Still there?" }))).status).toBe(200);
  await heard;
  await parley.close();
  await database.close();
});

test("while another program locks the SQLite file, texts are refused and nothing typed is lost", async () => {
  const parley = await startParley({ config: { logLevel: "silent" } });
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  const csrf = await csrfOf(visitor);
  const other = new SQLite(join(parley.dataDir, "parley.db"));

  other.exec("begin immediate");
  const text = textForm({ Body: "Are you there?" });
  expect((await postSigned(parley.url, text)).status).toBe(503);
  const refused = await send(visitor, csrf, "Yes, one moment");
  expect(refused.status).toBe(503);
  expect(refused.text).toMatch(/role="alert"[^]*Parley cannot reach its storage/);
  expect(refused.text).toMatch(/<textarea[^>]*>Yes, one moment<\/textarea>/);
  expect((await visitor.get(chat(anna))).text).toContain("Yes, the last one.");

  other.close();
  expect((await postSigned(parley.url, text)).status).toBe(200);
  expect((await send(visitor, csrf, "Yes, one moment")).status).toBe(303);
  const bodies = parley.sandbox.world.messages(shop.accountSid).map(({ body }) => body);
  expect(bodies.filter((body) => body === "Yes, one moment")).toHaveLength(1);
  await parley.close();
});

// Only Linux lets somebody else limit what a running process may write.
test.skipIf(process.platform !== "linux")(
  "while the disk is full, texts are refused and pages still open; with space again, all goes on",
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "parley-full-"));
    const sandbox = await startSandbox({ seed: shopSeed() });
    const instance = await startInstance({
      DATA_DIR: dataDir,
      TWILIO_API_URL: sandbox.url,
      LOG_LEVEL: "silent",
    });
    const visitor = visit(instance.url);
    await visitor.signIn(shop);
    const csrf = await csrfOf(visitor);
    const limitFiles = (bytes: string) =>
      execFileSync("prlimit", [`--pid=${instance.pid}`, `--fsize=${bytes}:`]);

    limitFiles("4096");
    const text = textForm({ Body: "Are you there?" });
    expect((await postSigned(instance.url, text)).status).toBe(503);
    expect((await send(visitor, csrf, "Yes, one moment")).status).toBe(503);
    expect((await visitor.get(chat(anna))).text).toContain("Yes, the last one.");
    expect(await statusOf(instance.url, "/login")).toBe(200);

    limitFiles("unlimited");
    expect((await postSigned(instance.url, text)).status).toBe(200);
    expect((await send(visitor, csrf, "Yes, one moment")).status).toBe(303);
    expect((await visitor.get(chat(ben))).text).toContain("Are you there?");
    await instance.end();
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  },
);
