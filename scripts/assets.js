// Builds what browsers fetch when it is missing or older than its sources, and with the word `server` the server's bundle,
// too. Where the build's packages were left out, what is there has to do; instead of an old bundle the sources run.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, rmSync, statSync } from "node:fs";

const browsers = {
  script: "scripts/build.js",
  built: ["public/assets/app.js.br", "src/sandbox/handset/assets/handset.js"],
  sources: [
    "src/{browser,helpers,models,styles}/**/*.{ts,scss,txt}",
    "src/sandbox/handset/**/*.{ts,scss,txt}",
    "{scripts,src/sandbox/handset}/build.js",
  ],
};
const server = {
  script: "scripts/bundle.js",
  built: ["dist/main.js"],
  sources: ["src/**/*.ts", "package-lock.json", "scripts/bundle.js"],
};

if (existsSync("node_modules/esbuild") && existsSync("node_modules/sass")) {
  const wanted = process.argv.includes("server") ? [browsers, server] : [browsers];
  for (const each of wanted) if (isOld(each)) run(each.script);
} else {
  if (existsSync("dist") && isOld(server)) rmSync("dist", { recursive: true });
  if (!existsSync("public/assets/app.js")) {
    console.error(
      "The files for browsers are not built yet. Run `npm ci` with all packages, then `npm run build`.",
    );
    process.exitCode = 1;
  }
}

function isOld({ built, sources }) {
  return !built.every(existsSync) || newest(sources) > oldest(built);
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
