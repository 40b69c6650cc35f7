import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Tuning } from "../../src/dependencies.ts";
import { freePort } from "./ports.ts";

const root = join(import.meta.dirname, "../..");
// Halves the time that a process needs to start.
const compiled = { NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled") };

/** One instance of the app in a process of its own; it keeps its address across restarts. */
export interface Instance {
  url: string;
  pid: number | undefined;
  /** Everything it has logged so far. */
  log: string;
  /** Resolves when the instance is ready. */
  start(): Promise<void>;
  /** Resolves with the exit code, null after SIGKILL, when the process is gone. */
  end(signal?: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** `node src/main.ts` with only these variables, or with tuning the same through an entry of the tests. */
export async function startInstance(variables: Record<string, string>, tuning?: Tuning): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const entry = tuning ? ["test/support/tunedMain.ts", JSON.stringify(tuning)] : ["src/main.ts"];
  let child: ChildProcess | undefined;
  const instance: Instance = {
    url,
    pid: undefined,
    log: "",
    async start() {
      const env = { ...compiled, PORT: String(port), LOG_LEVEL: "error", PUBLIC_URL: url, ...variables };
      const started = spawn(process.execPath, entry, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
      for (const output of [started.stdout, started.stderr])
        output.on("data", (chunk: Buffer) => (instance.log += chunk.toString()));
      child = started;
      instance.pid = started.pid;
      await untilReady(
        url,
        () => started.exitCode !== null,
        () => instance.log,
      );
    },
    async end(signal = "SIGTERM") {
      const ending = child;
      child = undefined;
      if (ending === undefined || ending.exitCode !== null) return ending?.exitCode ?? null;
      ending.kill(signal);
      const [code] = (await once(ending, "exit")) as [number | null];
      return code;
    },
  };
  await instance.start();
  return instance;
}

async function untilReady(url: string, hasEnded: () => boolean, log: () => string): Promise<void> {
  while (!(await answers(`${url}/readyz`))) {
    if (hasEnded()) throw new Error(`Parley did not start:\n${log()}`);
    await wait(20);
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
