// `npm run bench`: the table of docs/performance.md, measured here; `npm run bench -- 1 9` only these rows.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { live } from "./rows/live.ts";
import { pages } from "./rows/pages.ts";
import { processes } from "./rows/process.ts";
import { receiving } from "./rows/receiving.ts";

const wanted = new Set(process.argv.slice(2).map(Number));
const rows = [...receiving, ...live, ...pages, ...processes].sort((a, b) => a.number - b.number);
const chosen = rows.filter(({ number }) => wanted.size === 0 || wanted.has(number));
const lines = ["| # | work | against | goal | measured | |", "|---|---|---|---|---|---|"];
for (const row of chosen) {
  const { number, work, against, goal } = row;
  const { figures, met } = await row.run();
  lines.push(`| ${number} | ${work} | ${against} | ${goal} | ${figures} | ${met ? "met" : "not met"} |`);
  console.log(lines.at(-1));
}
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, Node ${process.version}`;
const head = `# Measured\n\n${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${machine}.\n`;
const text = await format([head, ...lines, ""].join("\n"), { parser: "markdown", printWidth: 120 });
writeFileSync(join(import.meta.dirname, "results.md"), text);
process.exit(0);
