import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startSandbox, type Sandbox, type SandboxOptions } from "../src/sandbox/server.ts";
import type { Seed } from "../src/sandbox/world/seed.ts";
import { shop, shopSeed } from "../test/support/people.ts";
import { freePort } from "../test/support/ports.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { secret } from "./seed.ts";
import { visit, type Visitor } from "../test/support/visitor.ts";

const root = resolve(import.meta.dirname, "..");

// As `npm start` does.
const start = ["--max-semi-space-size=16"];

/** A server in a process of its own. */
export interface Served {
  url: string;
  /** From the start of the process to its first answer, in milliseconds. */
  startMs: number;
  /** Resident, in MB. */
  memory(): number;
  close(): Promise<void>;
}

export interface ServedParley extends Served {
  sandbox: Sandbox;
  /** Signed in to the shop's account. */
  visitor: Visitor;
  dataDir: string;
}

export interface ParleyOptions {
  postgres?: boolean;
  sandbox?: SandboxOptions;
  /** A folder that stays, instead of a fresh one. */
  dataDir?: string;
  /** In place of src/main.ts. */
  entry?: string;
}

export async function startBare(): Promise<Served> {
  const port = await freePort();
  return serve(["bench/bare.ts", String(port)], {}, port);
}

/** Parley as it starts, with nobody signed in and no Twilio to ask unless its address is given. */
export async function startAlone(twilioUrl = ""): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const port = await freePort();
  const variables = { ...variablesOf(port, dataDir), TWILIO_API_URL: twilioUrl };
  const served = await serve([...start, "scripts/start.js"], variables, port);
  return {
    ...served,
    async close() {
      await served.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function variablesOf(port: number, dataDir: string): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    SESSION_SECRET: secret,
    LOG_LEVEL: "error",
    NODE_ENV: "production",
  };
}

/** A Twilio in a process of its own, so far away that each call takes so many milliseconds longer. */
export async function startTwilio(seed: Seed, delayMs: number): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  writeFileSync(join(folder, "seed.json"), JSON.stringify(seed));
  const port = await freePort();
  const args = ["src/sandbox/main.ts", join(folder, "seed.json")];
  const served = await serve(args, { SANDBOX_PORT: String(port) }, port, "/_sandbox/faults");
  rmSync(folder, { recursive: true });
  await fetch(`${served.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "latency", ms: delayMs }),
  });
  return served;
}

/** Parley as in production, on a sandbox of its own, with somebody signed in. */
export async function startParley(options: ParleyOptions = {}): Promise<ServedParley> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "parley-bench-"));
  const sandbox = await startSandbox({ seed: shopSeed(), ...options.sandbox });
  const postgres = options.postgres ? await startPostgres() : undefined;
  const port = await freePort();
  const variables = {
    ...variablesOf(port, dataDir),
    DATABASE_URL: postgres?.url ?? "",
    TWILIO_API_URL: sandbox.url,
  };
  const served = await serve([...start, options.entry ?? "scripts/start.js"], variables, port);
  const visitor = visit(served.url);
  const { status } = await visitor.signIn(shop);
  if (status !== 303) throw new Error(`Signing in was answered with ${status}`);
  return {
    ...served,
    ...{ sandbox, visitor, dataDir },
    async close() {
      await served.close();
      await sandbox.close();
      await postgres?.stop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const children = new Set<ChildProcess>();
// Also when a row ends in an error, or somebody ends it.
process.once("exit", () => children.forEach((child) => child.kill()));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(1));

async function serve(
  args: string[],
  variables: Record<string, string>,
  port: number,
  asked = "/healthz",
): Promise<Served> {
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const env = { ...variables, NODE_ENV: "production" };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  children.add(child);
  while (!(await answers(url + asked))) {
    if (child.exitCode !== null) throw new Error(`${args.join(" ")} ended with ${child.exitCode}`);
    await wait(2);
  }
  return {
    url,
    startMs: performance.now() - startedAt,
    memory: () => memoryOf(child),
    async close() {
      child.kill("SIGTERM");
      await once(child, "exit");
      children.delete(child);
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

function memoryOf({ pid }: ChildProcess): number {
  const [, kilobytes = ""] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_024;
}
