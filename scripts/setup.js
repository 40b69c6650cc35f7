// Makes a fresh clone ready: packages installed, browser bundle built. Does nothing when both are there.
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 20 on.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".parley-setup");

const lockHash = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lockHash) {
  console.log("Installing packages (once)…");
  npm("ci", "--no-audit", "--no-fund", "--loglevel=error");
  writeFileSync(stamp, lockHash);
}
npm("run", "--silent", "assets");

function npm(...args) {
  execFileSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
}
