import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { shop, shopSeed } from "../support/people.ts";

const main = resolve(import.meta.dirname, "../../src/sandbox/main.ts");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function seedFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-seed-"));
  folders.push(folder);
  const file = join(folder, "seed.json");
  writeFileSync(file, content);
  return file;
}

/** `npm run sandbox` on a free port, until it ends; `onOutput` hears all it has printed. */
async function run(args: string[], onOutput: (text: string, kill: () => void) => void = () => undefined) {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, SANDBOX_PORT: "0" } });
  const said = { out: "", error: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.error += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
    onOutput(said.out, () => child.kill("SIGTERM"));
  });
  const code = await new Promise((end) => child.once("close", end));
  return { ...said, code };
}

test("it prints where it is and who may sign in, and ends in peace", async () => {
  const { out, error, code } = await run([seedFile(JSON.stringify(shopSeed()))], (text, kill) => {
    if (text.split("test credentials").length > 3) kill();
  });
  expect([error, code]).toEqual(["", 0]);
  expect(out).toMatch(/^\nThe sandbox is at http:\/\/127\.0\.0\.1:\d+\. /);
  expect(out).toContain(`Full   ${shop.accountSid}  ${shop.authToken}  Walnut & Sons`);
});

test("a file that is no seed is said to be so, with what is wrong in it", async () => {
  const { out, error, code } = await run([seedFile('{"accounts": [{"sid": "AC1"}]}')]);
  expect([out, code]).toEqual(["", 1]);
  expect(error).toMatch(/^The sandbox cannot start: \/.*seed\.json is no seed\.\n.*AC and 32 hex digits/);
});
