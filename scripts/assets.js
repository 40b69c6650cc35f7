// Builds what browsers fetch when it is missing or older than its sources. Where the build's packages were left out, as in
// the container image, what is there has to do.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";

const built = ["public/assets/app.js.br", "src/sandbox/handset/assets/handset.js"];
const sources = [
  "src/{browser,helpers,models,styles}/**/*.{ts,scss,txt}",
  "src/sandbox/handset/**/*.{ts,scss,txt}",
  "{scripts,src/sandbox/handset}/build.js",
];

if (existsSync("node_modules/esbuild") && existsSync("node_modules/sass")) {
  if (!built.every(existsSync) || newest(sources) > oldest(built)) run("scripts/build.js");
} else if (!existsSync("public/assets/app.js")) {
  console.error(
    "The files for browsers are not built yet. Run `npm ci` with all packages, then `npm run build`.",
  );
  process.exitCode = 1;
}

function newest(patterns) {
  return Math.max(...globSync(patterns).map((file) => statSync(file).mtimeMs));
}

function oldest(files) {
  return Math.min(...files.map((file) => statSync(file).mtimeMs));
}

function run(script) {
  execFileSync(process.execPath, [script], { stdio: "inherit" });
}
