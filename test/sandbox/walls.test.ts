import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const home = "src/sandbox";

/** Which folder of the sandbox may import which others; `server.ts` and `main.ts` stand at the door. */
const arrows: Record<string, string[]> = {
  world: [],
  http: ["world"],
  products: ["http", "world"],
  control: ["http", "world"],
  handset: ["http", "world"],
  "server.ts": ["world", "http", "products", "control", "handset"],
  "main.ts": ["server.ts", "world"],
};

interface Source {
  file: string;
  text: string;
  /** Every path that the file names relative to itself, seen from the repository. */
  names: string[];
}

let planted: string | undefined;
afterEach(() => {
  if (planted) rmSync(planted, { recursive: true });
  planted = undefined;
});

test("the sandbox names nothing outside its walls, and not the SDK", () => {
  const sources = read(root);
  expect(sources.filter(({ file }) => isInside(file)).length).toBeGreaterThan(90);
  expect(escapes(sources)).toEqual([]);
});

test("no style sheet and no view outside names one inside", () => {
  expect(intrusions(read(root))).toEqual([]);
});

test("inside, arrows run from the world to the door", () => {
  expect(forbidden(read(root))).toEqual([]);
});

test("neither files nor folders import one another in a circle", () => {
  const sources = read(root).filter(({ file }) => isInside(file));
  expect(circles(sources, (file) => file)).toEqual([]);
  expect(circles(sources, dirname)).toEqual([]);
});

const folderCircles = (sources: Source[]) => circles(sources, dirname);
const fileCircles = (sources: Source[]) => circles(sources, (file) => file);

test.each([
  [`${home}/world/planted.ts`, 'import type { Config } from "../../config.ts";', escapes],
  [`${home}/handset/planted.ts`, 'const view = join(here, "../../../views/layout.ejs");', escapes],
  [`${home}/products/planted.ts`, 'const { default: twilio } = await import("twilio");', escapes],
  [`${home}/handset/styles/_planted.scss`, '@import "../../../styles/tokens";', escapes],
  [`${home}/handset/views/_planted.ejs`, '<%- include("../../../../views/layout/_head") %>', escapes],
  ["src/styles/_planted.scss", '@import "../sandbox/handset/styles/tokens";', intrusions],
  ["views/_planted.ejs", '<%- include("../src/sandbox/handset/views/_phone") %>', intrusions],
  [`${home}/world/planted.ts`, 'import { text } from "../http/format.ts";', forbidden],
  [`${home}/http/planted.ts`, 'export { base } from "../products/api/messages.ts";', forbidden],
  [`${home}/control/planted.ts`, 'import { text } from "../handset/page.ts";', forbidden],
  [`${home}/planted.ts`, 'import { World } from "./world/world.ts";', forbidden],
  [`${home}/world/sids.ts`, 'import type { World } from "./world.ts";', fileCircles],
  [`${home}/products/messaging/planted.ts`, 'import "../pricing/planted.ts";', folderCircles],
])("a planted violation in %s is found: %s", (file, line, check) => {
  planted = mkdtempSync(join(tmpdir(), "sandbox-walls-"));
  for (const folder of ["src", "views"])
    cpSync(join(root, folder), join(planted, folder), { recursive: true });
  const path = join(planted, file);
  writeFileSync(path, `${line}\n${file.includes("planted") ? "" : readFileSync(path, "utf8")}`);
  // The other half of a circle of folders.
  writeFileSync(join(planted, home, "products/pricing/planted.ts"), 'import "../messaging/services.ts";\n');
  expect(check(read(planted))).not.toEqual([]);
});

function read(from: string): Source[] {
  const files = globSync(["src/**/*.{ts,js,scss,ejs}", "views/**/*.ejs"], { cwd: from });
  return files
    .filter((file) => !file.includes("/assets/"))
    .map((file) => {
      const text = readFileSync(join(from, file), "utf8");
      const paths = [...text.matchAll(/["'`](\.{1,2}\/[^"'`\s]*)["'`]/g)].map(([, path]) => path ?? "");
      return { file, text, names: paths.map((path) => relative(from, resolve(from, dirname(file), path))) };
    });
}

function isInside(file: string): boolean {
  return file.startsWith(`${home}/`);
}

function escapes(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => isInside(file))
    .flatMap(({ file, text, names }) => [
      ...names.filter((name) => !isInside(name)).map((name) => `${file} → ${name}`),
      ...(/(from|import|require)\s*\(?\s*["']twilio["'/]/.test(text) ? [`${file} → twilio`] : []),
    ]);
}

function intrusions(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => !isInside(file) && !file.endsWith(".ts"))
    .flatMap(({ file, names }) => names.filter(isInside).map((name) => `${file} → ${name}`));
}

function forbidden(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => isInside(file))
    .flatMap(({ file, names }) => {
      const from = partOf(file);
      if (!(from in arrows)) return [`${file}: no arrow is drawn for ${from}`];
      const wrong = names.filter((name) => partOf(name) !== from && !arrows[from]?.includes(partOf(name)));
      return wrong.map((name) => `${file} → ${name}`);
    });
}

function partOf(file: string): string {
  return relative(home, file).split("/")[0] ?? "";
}

function circles(sources: Source[], roomOf: (file: string) => string): string[] {
  const arrows = new Map<string, Set<string>>();
  for (const { file, names } of sources.filter((source) => source.file.endsWith(".ts"))) {
    const targets = names.filter((name) => name.endsWith(".ts")).map(roomOf);
    const known = arrows.get(roomOf(file)) ?? [];
    arrows.set(roomOf(file), new Set([...known, ...targets.filter((target) => target !== roomOf(file))]));
  }
  const found: string[] = [];
  const done = new Set<string>();
  function visit(room: string, path: string[]): void {
    if (path.includes(room)) return void found.push([...path.slice(path.indexOf(room)), room].join(" → "));
    if (done.has(room)) return;
    for (const next of arrows.get(room) ?? []) visit(next, [...path, room]);
    done.add(room);
  }
  for (const room of arrows.keys()) visit(room, []);
  return found;
}
