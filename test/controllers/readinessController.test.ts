import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { startParley } from "../support/parley.ts";
import { visit } from "../support/visitor.ts";

test("with its storage gone, Parley is alive but not ready, and says so in a sentence", async () => {
  const parley = await startParley({ config: { logLevel: "silent" } });
  await parley.server.dependencies.store.close();
  const supervisor = visit(parley.url);
  expect((await supervisor.get("/healthz")).status).toBe(200);
  const answer = await supervisor.get("/readyz");
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(answer.text).not.toMatch(/at .*\.ts:\d+/);
  await parley.close();
});

test("while it drains, Parley answers everything but says that it is not ready", async () => {
  const parley = await startParley({ config: { drainMs: 1_000 } });
  const closing = parley.server.close();
  const answer = await fetch(`${parley.url}/readyz`);
  expect([answer.status, await answer.text()]).toEqual([503, "ending\n"]);
  expect((await fetch(`${parley.url}/login`)).status).toBe(200);
  await closing;
  await expect(fetch(`${parley.url}/readyz`)).rejects.toThrow();
  await parley.sandbox.close();
  rmSync(parley.dataDir, { recursive: true });
});
