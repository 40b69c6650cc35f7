import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { ben, shop, shopNumber, shopSeed } from "../support/people.ts";
import { freePort } from "../support/ports.ts";
import { openTestStore, type TestStore } from "../support/stores.ts";
import { visit, type Visitor } from "../support/visitor.ts";

const root = resolve(import.meta.dirname, "../..");
const secretWords = "the spare key lies under the quince";

let home: string;
let sandbox: Sandbox;
let visitor: Visitor;
let database: TestStore;
const running: ChildProcess[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "parley-bundle-"));
  for (const name of ["views", "public", "node_modules", "package.json"])
    symlinkSync(join(root, name), join(home, name));
  await promisify(execFile)(process.execPath, ["scripts/bundle.js", join(home, "dist")], { cwd: root });
  sandbox = await startSandbox({ seed: shopSeed() });
  database = await openTestStore("postgres");
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map(end));
  await database.close();
  await sandbox.close();
  rmSync(home, { recursive: true });
});

/** The bundle in a process of its own; who visits it, once it listens. */
async function start(variables: Record<string, string> = {}): Promise<Visitor> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  for (const { settings } of sandbox.world.accounts.get(shop.accountSid)?.numbers.values() ?? [])
    settings.SmsUrl = `${url}/sms`;
  const own = { PORT: String(port), PUBLIC_URL: url, TWILIO_API_URL: sandbox.url };
  const env = { ...own, DATA_DIR: join(home, "data"), ...variables };
  const parley = spawn(process.execPath, ["dist/main.js"], {
    cwd: home,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(parley);
  let said = "";
  for (const output of [parley.stdout, parley.stderr])
    output.on("data", (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('"listening"')) {
    if (parley.exitCode !== null) throw new Error(said);
    await wait(20);
  }
  return visit(url);
}

async function end(parley: ChildProcess): Promise<void> {
  parley.kill("SIGTERM");
  if (parley.exitCode === null) await once(parley, "exit");
}

test("the bundle answers a supervisor and shows the first page, from a database that it has just made", async () => {
  visitor = await start();
  expect((await visitor.get("/healthz")).status).toBe(200);
  expect((await visitor.get("/readyz")).status).toBe(200);
  expect((await visitor.get("/login")).text).toContain("Auth token");
});

test("the bundle signs in by the SDK, takes a signed text in, and leaves nothing of it after the logout", async () => {
  expect((await visitor.signIn(shop)).headers.location).toBe("/chat");
  await sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: secretWords });
  await expect.poll(async () => (await visitor.get("/chat")).text).toContain(secretWords);
  expect(stored()).toContain(secretWords);
  expect((await visitor.submit("/chat", "/logout", {})).headers.location).toBe("/login?from=logout");
  await expect.poll(isScrubbed).toBe(true);
  expect(stored()).not.toContain(secretWords);
});

test("the bundle does so on PostgreSQL as well", async () => {
  const { dataDir, databaseUrl = "", secret } = database.options;
  const other = await start({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, SESSION_SECRET: secret });
  expect((await other.signIn(shop)).headers.location).toBe("/chat");
  await sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: secretWords });
  await expect.poll(async () => (await other.get("/chat")).text).toContain(secretWords);
});

function stored(): string {
  const files = ["parley.db", "parley.db-wal"].map((name) => join(home, "data", name));
  return files.map((file) => readFileSync(file, "latin1")).join("");
}

// The worker says last of all that nothing is left to be done.
function isScrubbed(): boolean {
  const database = new SQLite(join(home, "data/parley.db"), { readonly: true });
  const owed = database.pragma("user_version", { simple: true });
  database.close();
  return owed === 0;
}
