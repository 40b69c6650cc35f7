import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { shop, shopSeed } from "../support/people.ts";
import { startInstance } from "../support/processes.ts";
import { visit } from "../support/visitor.ts";

// Files take most of the time that a start takes.
const mostFiles = 800;
const hook = resolve(import.meta.dirname, "../support/loadedModules.ts");

test("a start loads no more files than it needs, and Twilio's SDK only with the first call", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-loading-"));
  const sandbox = await startSandbox({ seed: shopSeed() });
  const instance = await startInstance({
    ...{ DATA_DIR: dataDir, TWILIO_API_URL: sandbox.url },
    NODE_OPTIONS: `--import=${hook}`,
  });
  onTestFinished(async () => {
    await instance.end();
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });
  const loaded = () =>
    [...instance.log.matchAll(/^loaded .*\/node_modules\/([^/]+)/gm)].map(([, name]) => name);
  expect(loaded()).toContain("express");
  for (const name of ["twilio", "prom-client"]) expect(loaded()).not.toContain(name);
  expect(loaded().length).toBeLessThan(mostFiles);
  await visit(instance.url).signIn(shop);
  expect(loaded()).toContain("twilio");
});
