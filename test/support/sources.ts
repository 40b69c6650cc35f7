import { globSync, readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import ts from "typescript";

export interface Source {
  file: string;
  text: string;
  /** Files, seen from src. */
  imports: string[];
  packages: string[];
}

const src = resolve(import.meta.dirname, "../../src");

export function readSources(): Source[] {
  return globSync("**/*.ts", { cwd: src }).map((file) =>
    parse(file, readFileSync(resolve(src, file), "utf8")),
  );
}

/** What a file imports, in whatever way. */
export function parse(file: string, text: string): Source {
  const named = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const made = [...text.matchAll(/createRequire\([^)]*\)\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
  const isFile = (name: string) => name.startsWith(".");
  return {
    file,
    text,
    imports: named.filter(isFile).map((name) => posix.join(posix.dirname(file), name)),
    packages: [...named, ...made].filter((name) => !isFile(name)),
  };
}

/** The folder under src; an entry file is its own. */
export function partOf(file: string): string {
  return file.split("/")[0] ?? file;
}

export function fileCircles(sources: Source[]): string[] {
  return circles(sources, (file) => file);
}

// The sandbox keeps its own walls.
export function folderCircles(sources: Source[]): string[] {
  const ours = sources.filter(({ file }) => partOf(file) !== "sandbox");
  const folders = new Set(ours.map(({ file }) => posix.dirname(file)));
  const holdsFolders = (folder: string) => [...folders].some((other) => other.startsWith(`${folder}/`));
  return circles(ours, (file) => (holdsFolders(posix.dirname(file)) ? file : posix.dirname(file)));
}

function circles(sources: Source[], nodeOf: (file: string) => string): string[] {
  const graph = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const others = imports.map(nodeOf).filter((to) => to !== nodeOf(file));
    graph.set(nodeOf(file), new Set([...(graph.get(nodeOf(file)) ?? []), ...others]));
  }
  const found: string[] = [];
  const done = new Set<string>();
  function visit(node: string, path: string[]): void {
    if (path.includes(node)) return void found.push([...path.slice(path.indexOf(node)), node].join(" → "));
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  }
  for (const node of graph.keys()) visit(node, []);
  return found;
}
