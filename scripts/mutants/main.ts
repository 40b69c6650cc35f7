// `npm run mutants`: puts small faults into the rules, one at a time, and tells which of them no test notices.
// `npm run mutants -- intake` takes only files with this in their name, `-- --every 1` each fault instead of a share.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { mutationsOf } from "./mutations.ts";
import { faults, targets, type Fault } from "./targets.ts";

const root = resolve(import.meta.dirname, "../..");
const copied = ["src", "test", "views", "public", "package.json", "tsconfig.json", "vitest.config.ts"];
const leastNoticed = 0.9;
const atOnce = 2;
const timeoutMs = 120_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "4" } },
});

const unnoticed: Fault[] = [];
const all = chosen();
if (all.length === 0) throw new Error("No file has such a name, or nothing in it can be mutated.");
const queue = [...all];
await Promise.all(Array.from({ length: atOnce }, work));
report();

/** One copy of the project, in which one fault after the other is tried. */
async function work(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "parley-mutants-"));
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  try {
    for (let fault = queue.shift(); fault; fault = queue.shift()) await tryOut(copy, fault);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function tryOut(copy: string, fault: Fault): Promise<void> {
  const path = join(copy, fault.file);
  const source = readFileSync(path, "utf8");
  writeFileSync(path, source.slice(0, fault.start) + fault.text + source.slice(fault.end));
  const noticed = await fails(copy, fault.tests);
  writeFileSync(path, source);
  process.stdout.write(noticed ? "." : "!");
  if (!noticed) unnoticed.push(fault);
}

async function fails(copy: string, tests: string[]): Promise<boolean> {
  const args = ["node_modules/.bin/vitest", "run", "--project", "unit", "--bail", "1", ...tests];
  // In a group of its own: a fault that goes on for ever is in a child of the runner, which must end with it.
  const runner = spawn(process.execPath, args, { cwd: copy, detached: true, stdio: "ignore" });
  const tooLong = setTimeout(() => endGroup(runner), timeoutMs);
  const [code] = (await once(runner, "exit")) as [number | null];
  clearTimeout(tooLong);
  endGroup(runner);
  return code !== 0;
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended by itself.
  }
}

function chosen(): Fault[] {
  const share = Number(values.every);
  const drawn = targets.flatMap(({ files, tests }) =>
    files.flatMap((file) =>
      mutationsOf(readFileSync(join(root, file), "utf8"))
        .filter((_, index) => index % share === 0)
        .map((mutation) => ({ ...mutation, file, tests })),
    ),
  );
  const wanted = (file: string) =>
    positionals.length === 0 || positionals.some((part) => file.includes(part));
  return [...byHand(), ...drawn].filter(({ file }) => wanted(file));
}

function byHand(): Fault[] {
  return faults.map(({ file, find, text, tests }) => {
    const source = readFileSync(join(root, file), "utf8");
    const start = source.indexOf(find);
    if (start < 0) throw new Error(`${file} has no ${find} any more`);
    const line = source.slice(0, start).split("\n").length;
    return { start, end: start + find.length, text, line, file, tests };
  });
}

function report(): void {
  const share = 1 - unnoticed.length / all.length;
  console.log(
    `\n${all.length - unnoticed.length} of ${all.length} faults were noticed (${(share * 100).toFixed(1)} %).`,
  );
  for (const { file, line, text, start, end } of unnoticed) {
    const was = readFileSync(join(root, file), "utf8").slice(start, end);
    console.log(`  ${file}:${line}  ${JSON.stringify(was)} → ${JSON.stringify(text)}`);
  }
  if (share < leastNoticed) process.exitCode = 1;
}
