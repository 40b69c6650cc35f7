import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const source = "src/helpers/paths.ts";
const bundle = "public/assets/app.js";
// In place of the real build, which takes seconds: it leaves its files, and each time one more line here.
const build = `
  import { appendFileSync, writeFileSync } from "node:fs";
  for (const file of ["public/assets/app.js.br", "src/sandbox/handset/assets/handset.js"]) writeFileSync(file, "");
  appendFileSync("builds", "one more\\n");
`;

// The server's likewise.
const bundling = `
  import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/main.js", "");
  appendFileSync("bundles", "one more\\n");
`;

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "parley-assets-"));
  for (const folder of ["scripts", "public/assets", "src/helpers", "src/sandbox/handset/assets"])
    mkdirSync(join(clone, folder), { recursive: true });
  cpSync(join(root, "scripts/assets.js"), join(clone, "scripts/assets.js"));
  writeFileSync(join(clone, "scripts/build.js"), build);
  writeFileSync(join(clone, "scripts/bundle.js"), bundling);
  writeFileSync(join(clone, "package.json"), '{ "type": "module" }');
  writeFileSync(join(clone, source), "");
});
afterEach(() => rmSync(clone, { recursive: true }));

const check = (...words: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/assets.js", ...words], { cwd: clone });
const wasBuilt = () => existsSync(join(clone, "builds"));
const wasBundled = () => existsSync(join(clone, "bundles"));
const touch = (file: string, seconds: number) =>
  utimesSync(join(clone, file), new Date(), new Date(Date.now() + 1_000 * seconds));

function installBuildPackages(): void {
  for (const name of ["esbuild", "sass"]) mkdirSync(join(clone, "node_modules", name), { recursive: true });
}

test("what browsers fetch is built when it is missing, not again while it is newest, and again when a source is", async () => {
  installBuildPackages();
  await check();
  expect(wasBuilt()).toBe(true);
  rmSync(join(clone, "builds"));
  await check();
  expect(wasBuilt()).toBe(false);
  touch(source, 60);
  await check();
  expect(wasBuilt()).toBe(true);
});

test("without the build's packages, what is there has to do", async () => {
  writeFileSync(join(clone, bundle), "");
  touch(source, 60);
  await check();
  expect(wasBuilt()).toBe(false);
});

test("without the build's packages and without anything built, a sentence says what to do", async () => {
  await expect(check()).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^The files for browsers are not built yet\. [^\n]+\n$/) as string,
  });
});

test("the server is bundled for its start alone, when its bundle is missing or a source is newer", async () => {
  installBuildPackages();
  await check();
  expect(wasBundled()).toBe(false);
  await check("server");
  expect(wasBundled()).toBe(true);
  rmSync(join(clone, "bundles"));
  await check("server");
  expect(wasBundled()).toBe(false);
  touch(source, 60);
  await check("server");
  expect(wasBundled()).toBe(true);
});

test("without the build's packages a bundle stays while it is newest, and goes when the sources are", async () => {
  writeFileSync(join(clone, bundle), "");
  mkdirSync(join(clone, "dist"));
  writeFileSync(join(clone, "dist/main.js"), "");
  await check("server");
  expect(existsSync(join(clone, "dist"))).toBe(true);
  touch(source, 60);
  await check("server");
  expect(existsSync(join(clone, "dist"))).toBe(false);
});
