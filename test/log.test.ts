import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../src/log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lines are JSON without secrets", () => {
  const file = join(folder, "log");
  const output = openSync(file, "w");
  createLog("info", output).info({ account: { authToken: "5e5e" }, request: {} }, "said");
  const line = JSON.parse(readFileSync(file, "utf8")) as object;
  expect(line).toMatchObject({ msg: "said", account: { authToken: "[Redacted]" }, request: "[Redacted]" });
  closeSync(output);
});

test("a log that cannot be written ends nothing and keeps no more than it may", () => {
  const file = join(folder, "log");
  writeFileSync(file, "");
  const unwritable = openSync(file, "r");
  const log = createLog("info", unwritable);
  for (let count = 0; count < 3_000; count += 1) log.info("x".repeat(1_000));
  expect(readFileSync(file, "utf8")).toBe("");
  closeSync(unwritable);
});
