// `npm run bench`: the table of docs/performance.md, measured here; `npm run bench -- 1 9` only these rows.
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { cells, keepResult } from "./results.ts";
import { history } from "./rows/history.ts";
import { live } from "./rows/live.ts";
import { pages } from "./rows/pages.ts";
import { processes } from "./rows/process.ts";
import { receiving } from "./rows/receiving.ts";
import { searches } from "./rows/searches.ts";
import { stalls } from "./rows/stalls.ts";

const wanted = new Set(process.argv.slice(2).map(Number));
const rows = [receiving, live, history, pages, processes, stalls, searches]
  .flat()
  .sort((a, b) => a.number - b.number);
const chosen = rows.filter(({ number }) => wanted.size === 0 || wanted.has(number));
const run = {
  date: new Date().toISOString().slice(0, 10),
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, Node ${process.version}`,
};
// What runs in production, of the sources as they are.
execFileSync(process.execPath, ["scripts/assets.js", "server"], { stdio: "inherit" });
for (const row of chosen) {
  const result = { number: row.number, ...(await row.run()), ...run };
  await keepResult(rows, result);
  console.log(`| ${cells(row, result).join(" | ")} |`);
}
process.exit(0);
