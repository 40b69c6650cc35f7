import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "parley-assets-"));
  for (const folder of ["src", "scripts"])
    cpSync(join(root, folder), join(clone, folder), { recursive: true });
});
afterEach(() => rmSync(clone, { recursive: true }));

const bundle = () => join(clone, "public/assets/app.js");
const check = () => promisify(execFile)(process.execPath, ["scripts/assets.js"], { cwd: clone });

test("what browsers fetch is built when it is missing, and again when a source is newer", async () => {
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  await check();
  const first = statSync(bundle()).mtimeMs;
  await check();
  expect(statSync(bundle()).mtimeMs).toBe(first);
  utimesSync(join(clone, "src/helpers/paths.ts"), new Date(), new Date(Date.now() + 60_000));
  await check();
  expect(statSync(bundle()).mtimeMs).toBeGreaterThan(first);
});

test("without the build's packages, what is there has to do, and what is not there is said in a sentence", async () => {
  await expect(check()).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^The files for browsers are not built yet\. [^\n]+\n$/) as string,
  });
  mkdirSync(join(clone, "public"));
  cpSync(join(root, "public/assets"), join(clone, "public/assets"), { recursive: true });
  utimesSync(join(clone, "src/helpers/paths.ts"), new Date(), new Date(Date.now() + 60_000));
  const { mtimeMs } = statSync(bundle());
  await check();
  expect(existsSync(join(clone, "node_modules"))).toBe(false);
  expect(statSync(bundle()).mtimeMs).toBe(mtimeMs);
});
