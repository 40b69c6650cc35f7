// Makes a fresh clone ready: packages installed, browser bundle built. Does nothing when both are there.
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 20 on.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".parley-setup");
const bundle = join(root, "public", "assets", "app.js");
const handset = ["browser", "styles", "build.js", "icons.txt"].map((name) => `src/sandbox/handset/${name}`);

const lockHash = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lockHash) {
  console.log("Installing packages (once)…");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, lockHash);
}
if (
  !existsSync(bundle) ||
  !existsSync(join(root, "src/sandbox/handset/assets/handset.js")) ||
  newest(["src/browser", "src/styles", ...handset, "scripts/build.js"]) > statSync(bundle).mtimeMs
) {
  run("npm", ["run", "--silent", "build"]);
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
}

function newest(paths) {
  return Math.max(...paths.map((path) => newestIn(join(root, path))));
}

function newestIn(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
