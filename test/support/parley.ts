import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usualConfig, type Config } from "../../src/config.ts";
import type { Tuning } from "../../src/dependencies.ts";
import type { Seed } from "../../src/sandbox/world/seed.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";
import { startServer, type RunningServer } from "../../src/server.ts";
import { shopSeed } from "./people.ts";
import { freePort } from "./ports.ts";

export interface Parley {
  url: string;
  /** What the next start takes. */
  config: Config;
  server: RunningServer;
  sandbox: Sandbox;
  dataDir: string;
  /** Stops the app, leaving sandbox and data; `start` brings it back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ParleyOptions {
  seed?: Seed;
  sandbox?: SandboxOptions;
  config?: Partial<Config>;
  tuning?: Tuning;
  /** Without a public URL no webhook is given to Twilio. */
  publicUrl?: "own" | "none";
}

/** The real app on a sandbox of its own, both on free ports, with a fresh data folder. */
export async function startParley(options: ParleyOptions = {}): Promise<Parley> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-test-"));
  const sandbox = await startSandbox({
    seed: options.seed ?? shopSeed(),
    timing: { queuedMs: 30, sentMs: 60 },
    ...options.sandbox,
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config: Config = {
    ...usualConfig,
    port,
    host: "127.0.0.1",
    publicUrl: options.publicUrl === "none" ? undefined : url,
    sessionSecret: "a secret for tests only",
    dataDir,
    twilioApiUrl: sandbox.url,
    logLevel: "error",
    ...options.config,
  };
  const parley: Parley = {
    url,
    config,
    sandbox,
    dataDir,
    server: await startServer(config, options.tuning),
    stop: () => parley.server.close(),
    async start() {
      parley.server = await startServer(config, options.tuning);
    },
    async close() {
      await parley.server.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return parley;
}
