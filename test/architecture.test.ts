import { mkdtempSync, cpSync, readFileSync, rmSync, writeFileSync, globSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Which part may import which other parts; entry files (directly in src) know everyone. */
const arrows: Record<string, string[]> = {
  models: [],
  store: ["models"],
  twilio: ["models"],
  helpers: ["models"],
  live: ["models", "helpers"],
  controllers: ["models", "helpers"],
  middleware: ["models", "helpers"],
  routes: ["controllers", "middleware", "models", "helpers"],
  browser: ["models", "helpers"],
  demo: ["sandbox", "config.ts", "server.ts"],
  sandbox: [],
};

/** Packages and globals that only one part may use. */
const contained: { what: RegExp; home: (file: string) => boolean }[] = [
  { what: /from "twilio(\/|")/, home: (file) => file.startsWith("twilio/") },
  { what: /from "(kysely|better-sqlite3|pg)(\/|")/, home: (file) => file.startsWith("store/") },
  { what: /process\.env/, home: (file) => file === "config.ts" || file === "sandbox/main.ts" },
];

interface Source {
  file: string;
  text: string;
  imports: string[];
}

let planted: string | undefined;
afterEach(() => {
  if (planted) rmSync(planted, { recursive: true });
  planted = undefined;
});

test("dependencies point one way", () => {
  const sources = read(join(root, "src"));
  expect(sources.length).toBeGreaterThan(40);
  expect(forbiddenArrows(sources)).toEqual([]);
});

test("no file imports itself in a circle", () => {
  expect(circles(read(join(root, "src")))).toEqual([]);
});

test("the SDK, the database drivers and the environment stay in their places", () => {
  expect(strays(read(join(root, "src")))).toEqual([]);
});

test.each([
  ["models/planted.ts", 'import { openStore } from "../store/store.ts";', forbiddenArrows],
  ["controllers/planted.ts", 'import { Hub } from "../live/hub.ts";', forbiddenArrows],
  ["controllers/planted.ts", 'import type { Hub } from "../live/hub.ts";', forbiddenArrows],
  ["sandbox/planted.ts", 'const { paths } = await import("../helpers/paths.ts");', forbiddenArrows],
  ["server2/planted.ts", 'import { rank } from "../models/messageStatus.ts";', forbiddenArrows],
  ["models/types.ts", 'import type { EventStore } from "./events.ts";', circles],
  ["models/planted.ts", 'import twilio from "twilio";', strays],
  ["controllers/planted.ts", 'import { Kysely } from "kysely";', strays],
  ["server.ts", "export const port = process.env.PORT;", strays],
])("a planted violation in %s is found: %s", (file, line, check) => {
  const sources = read(copyWith(file, line));
  expect(check(sources)).not.toEqual([]);
});

function copyWith(file: string, line: string): string {
  planted = mkdtempSync(join(tmpdir(), "parley-architecture-"));
  const copy = join(planted, "src");
  cpSync(join(root, "src"), copy, { recursive: true });
  const path = join(copy, file);
  cpSync(join(root, "src/models"), dirname(path), {
    recursive: true,
    force: false,
    filter: (from) => !from.endsWith(".ts"),
  });
  const before = file.endsWith("planted.ts") ? "" : readFileSync(path, "utf8");
  writeFileSync(path, `${line}\n${before}`);
  return copy;
}

function read(src: string): Source[] {
  return globSync("**/*.ts", { cwd: src }).map((file) => {
    const text = readFileSync(join(src, file), "utf8");
    const specifiers = [...text.matchAll(/(?:from|import\(|import)\s*"(\.[^"]+)"/g)].map(
      ([, specifier]) => specifier ?? "",
    );
    return {
      file,
      text,
      imports: specifiers.map((specifier) => relative(src, resolve(src, dirname(file), specifier))),
    };
  });
}

function forbiddenArrows(sources: Source[]): string[] {
  return sources.flatMap(({ file, imports }) => {
    const from = partOf(file);
    if (from === undefined) return [];
    const allowed = arrows[from];
    if (allowed === undefined) return [`${file}: no arrow is drawn for ${from}`];
    const wrong = imports.filter((to) => partOf(to) !== from && !allowed.includes(partOf(to) ?? to));
    return wrong.map((to) => `${file} → ${to}`);
  });
}

function strays(sources: Source[]): string[] {
  return sources.flatMap(({ file, text }) =>
    contained
      .filter(({ what, home }) => what.test(text) && !home(file))
      .map(({ what }) => `${file}: ${what.source}`),
  );
}

function circles(sources: Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.file, source.imports]));
  const found: string[] = [];
  const done = new Set<string>();
  function visit(file: string, path: string[]): void {
    if (path.includes(file)) return void found.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  }
  for (const { file } of sources) visit(file, []);
  return found;
}

/** The folder under src; undefined for an entry file. */
function partOf(file: string): string | undefined {
  return file.includes("/") ? file.split("/")[0] : undefined;
}
