import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keptSecret } from "../../src/config/keptSecret.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-secret-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("what somebody else wrote into the file of the secret stays, with nothing beside it, in a folder of the owner alone", () => {
  const dataDir = join(folder, "made here");
  expect(keptSecret(dataDir)).toHaveLength(43);
  writeFileSync(join(dataDir, "session-secret"), "short");
  expect(keptSecret(dataDir)).toBe("short");
  expect(readdirSync(dataDir)).toEqual(["session-secret"]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});
