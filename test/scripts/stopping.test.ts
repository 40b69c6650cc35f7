import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { freePort } from "../support/ports.ts";

const root = resolve(import.meta.dirname, "../..");

test("npm start ends Parley with itself", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-start-"));
  const port = await freePort();
  const environment = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "info" };
  const npm = spawn("npm", ["start"], { cwd: root, env: { PATH: process.env.PATH, ...environment } });
  let said = "";
  while (!said.includes("listening")) said += String(((await once(npm.stdout, "data")) as [Buffer])[0]);
  const pid = Number(/"pid":(\d+)/.exec(said)?.[1]);
  expect(() => process.kill(pid, 0)).not.toThrow();
  npm.kill("SIGTERM");
  expect(await once(npm, "exit")).toEqual([0, null]);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  rmSync(dataDir, { recursive: true });
  // It may have to build what browsers fetch and the bundle first.
}, 120_000);

test("no shell stands between npm and what it runs for long", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const name of ["start", "demo", "sandbox"]) expect(scripts[name]).toMatch(/^exec node /);
});
