// What was measured, a line of JSON for each row, and the table that is made of it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import type { Measured, Row } from "./row.ts";

export interface Result extends Measured {
  number: number;
  /** The day, as 2026-11-25. */
  date: string;
  commit: string;
  machine: string;
}

const kept = join(import.meta.dirname, "results.jsonl");
const table = join(import.meta.dirname, "results.md");
const head =
  "# Measured\n\nWritten by `npm run bench`; what it measures stands in [docs/performance.md](../docs/performance.md).\n";
const columns = ["#", "work", "against", "goal", "measured", "", "when, commit"];

export function readResults(): Map<number, Result> {
  const lines = existsSync(kept) ? readFileSync(kept, "utf8").split("\n").filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line) as Result).map((result) => [result.number, result]));
}

/** In place of what the row's last run came to; all other rows stay. */
export async function keepResult(rows: Row[], result: Result): Promise<void> {
  const results = readResults().set(result.number, result);
  const sorted = [...results.values()].sort((one, other) => one.number - other.number);
  writeFileSync(kept, sorted.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const machines = [...new Set(sorted.map(({ machine }) => machine))];
  const lines = [
    columns,
    columns.map(() => "---"),
    ...rows.map((row) => cells(row, results.get(row.number))),
  ];
  const text = [head, `On ${machines.join("; ")}.\n`, ...lines.map((each) => `| ${each.join(" | ")} |`), ""];
  writeFileSync(table, await format(text.join("\n"), { parser: "markdown", printWidth: 120 }));
}

export function cells({ number, work, against, goal }: Row, result: Result | undefined): string[] {
  const row = [String(number), work, against, goal];
  if (result === undefined) return [...row, "not yet", "", ""];
  const { figures, met, date, commit } = result;
  return [...row, figures, met ? "met" : "not met", `${date}, ${commit}`];
}
