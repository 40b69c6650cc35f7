// `npm run disks`: Parley on a disk of 48 MB that fills up, on Linux with user namespaces. Prints what a person sees,
// whether anything was lost, and whether a logout erases everything all the same. Exits 1 when not.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { startSandbox } from "../src/sandbox/server.ts";
import { ben, shop, shopNumber, shopSeed } from "../test/support/people.ts";
import { freePort } from "../test/support/ports.ts";
import { visit } from "../test/support/visitor.ts";

const root = resolve(import.meta.dirname, "..");
const word = "quixotry";
const texts = 30_000;
const mount = "mount -t tmpfs -o size=48m parley";

if (process.env.PARLEY_DISK === undefined) await onOwnDisk();
else await run(process.env.PARLEY_DISK);

/** The same script once more, with a small disk of its own that vanishes with it. */
async function onOwnDisk(): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), "parley-disk-"));
  const command = `${mount} ${disk} && exec ${process.execPath} ${import.meta.filename}`;
  const env = { ...process.env, PARLEY_DISK: disk };
  const own = spawn("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", command], {
    env,
    stdio: "inherit",
  });
  [process.exitCode] = (await once(own, "exit")) as [number];
  rmSync(disk, { recursive: true, force: true });
}

async function run(disk: string): Promise<void> {
  const sandbox = await startSandbox({ seed: shopSeed() });
  for (let index = 0; index < texts; index += 1)
    await sandbox.world.phoneTexts({
      from: ben,
      to: shopNumber,
      body: `${word} ${index} ${"x".repeat(200)}`,
    });
  const dataDir = join(disk, "data");
  mkdirSync(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const parley = start(disk, { PORT: String(port), DATA_DIR: dataDir, TWILIO_API_URL: sandbox.url });
  await until(() => isUp(`${url}/healthz`));
  const visitor = visit(url);
  await visitor.signIn(shop);
  const rows = () => count(join(dataDir, "parley.db"));
  await until(() => rows() > 5_000);
  const filler = fill(disk, 0);
  const page = async () => (await visitor.get("/chat")).text;
  await until(async () => (await page()).includes("disk is full"));
  report("told on the page that the disk is full", true);
  const startedAt = performance.now();
  report(
    "/healthz while the disk and the log are full, in ms",
    (await isUp(`${url}/healthz`)) && Math.round(performance.now() - startedAt),
  );
  rmSync(filler);
  await until(() => rows() >= texts);
  report("messages after there was space again, and missing", `${rows()}, ${texts - rows()}`);
  report(
    "the log tells of lines it lost, or lost none",
    /were lost|"level"/.test(readFileSync(join(disk, "log"), "utf8")),
  );
  const stored = statSync(join(dataDir, "parley.db")).size;
  fill(disk, stored / 4);
  const answer = await visitor.submit("/chat", "/logout", {});
  report(`logout with ${mega(stored)} stored and ${mega(free(disk))} free answers`, answer.status);
  await until(() => leftovers(dataDir) === 0);
  report("files that still hold something of it", leftovers(dataDir));
  report("the process lives", parley.exitCode === null);
  if (answer.status !== 303 || parley.exitCode !== null) process.exitCode = 1;
  parley.kill();
  await once(parley, "exit");
  await sandbox.close();
}

function start(disk: string, variables: Record<string, string>): ChildProcess {
  const log = openSync(join(disk, "log"), "a");
  const env = {
    ...variables,
    SESSION_SECRET: "a secret of this script alone",
    LOG_LEVEL: "trace",
  };
  const child = spawn(process.execPath, ["src/main.ts"], { cwd: root, env, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

/** Fills the disk up to so many bytes. */
function fill(disk: string, leaveBytes: number): string {
  const file = join(disk, `filler-${leaveBytes}`);
  const handle = openSync(file, "w");
  try {
    while (free(disk) > leaveBytes)
      writeFileSync(handle, Buffer.alloc(Math.max(4_096, Math.min(65_536, free(disk) - leaveBytes)), 1));
  } catch {
    // It is full.
  }
  closeSync(handle);
  return file;
}

function free(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

function count(file: string): number {
  const database = new SQLite(file, { readonly: true });
  const { rows } = database.prepare("select count(*) as rows from messages").get() as { rows: number };
  database.close();
  return rows;
}

function leftovers(dataDir: string): number {
  return readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes(word)).length;
}

async function isUp(address: string): Promise<boolean> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return answer?.ok === true;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < 120_000; await wait(100))
    if (await holds()) return;
  throw new Error(`Not within two minutes: ${holds.toString()}`);
}

function mega(bytes: number): string {
  return `${(bytes / 1_024 / 1_024).toFixed(1)} MB`;
}

function report(what: string, value: unknown): void {
  console.log(`${what}: ${String(value)}`);
}
