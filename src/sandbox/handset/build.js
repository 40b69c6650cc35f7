// Builds what browsers fetch from the handset: a script, a style sheet and a sprite of its icons.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = import.meta.dirname;
const out = join(here, "assets");
const icons = join(dirname(fileURLToPath(import.meta.resolve("bootstrap-icons/package.json"))), "icons");

export async function buildHandset() {
  mkdirSync(out, { recursive: true });
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  writeFileSync(join(out, "icons.svg"), sprite(names));
  writeFileSync(join(out, "handset.css"), styles());
  await build({
    entryPoints: [join(here, "browser/handset.ts")],
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
}

function styles() {
  return sass.compile(join(here, "styles/handset.scss"), {
    loadPaths: ["node_modules"],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import"],
  }).css;
}

function sprite(names) {
  const symbols = names.map((name) => {
    const svg = readFileSync(join(icons, `${name}.svg`), "utf8");
    const paths = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).trim();
    return `<symbol id="${name}" viewBox="0 0 16 16">${paths}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
