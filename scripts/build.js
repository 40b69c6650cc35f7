// Builds what browsers fetch: a script, a style sheet and an icon sprite for the app, and the same for the handset.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as sass from "sass";
import { buildHandset } from "../src/sandbox/handset/build.js";

const out = "public/assets";
const icons = readFileSync("src/styles/icons.txt", "utf8").split("\n").filter(Boolean);

mkdirSync(out, { recursive: true });
writeFileSync(`${out}/icons.svg`, sprite(icons));
writeFileSync(`${out}/app.css`, styles("src/styles/app.scss"));
await build({
  entryPoints: { app: "src/browser/app.ts" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
await buildHandset();
for (const name of ["app.js", "app.css", "icons.svg"]) compress(`${out}/${name}`);

// Once here, as small as can be, instead of for every browser.
function compress(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

function styles(file) {
  return sass.compile(file, {
    loadPaths: ["node_modules"],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import"],
  }).css;
}

function sprite(names) {
  const symbols = names.map((name) => {
    const svg = readFileSync(`node_modules/bootstrap-icons/icons/${name}.svg`, "utf8");
    const paths = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).trim();
    return `<symbol id="${name}" viewBox="0 0 16 16">${paths}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
