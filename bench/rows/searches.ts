import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fetchRaw } from "../load.ts";
import type { Measured, Row } from "../row.ts";
import { fill, wordOf } from "../seed.ts";
import { startParley } from "../servers.ts";

const times = 15;
// What people type, with the words of the seed: common ones, rare ones, several, beginnings, phrases, filters, nobody's.
const typed = [
  wordOf(0),
  wordOf(3),
  wordOf(70),
  wordOf(5_000),
  `${wordOf(1)} ${wordOf(2)}`,
  `${wordOf(40)} ${wordOf(600)}`,
  `${wordOf(2)} ${wordOf(50)} ${wordOf(51)}`,
  wordOf(12).slice(0, 3),
  `${wordOf(77)}*`,
  `${wordOf(8)} ${wordOf(123).slice(0, 5)}`,
  `"${wordOf(0)} ${wordOf(1)}"`,
  `"${wordOf(30)} ${wordOf(4)}"`,
  "order 777777",
  "777777",
  `${wordOf(0)} -${wordOf(1)}`,
  `from:me ${wordOf(5)}`,
  "5012000077",
  `before:2026-11 ${wordOf(9)}`,
  "xylophone",
  "has:link",
];

async function search(): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  await fill(dataDir, { messages: 1_000_000, targets: 10_000 });
  const parley = await startParley({ dataDir });
  // Whoever signs in is read from Twilio's log first.
  await wait(5_000);
  const headers = { cookie: parley.visitor.cookie(), accept: "text/vnd.turbo-stream.html" };
  const took: number[] = [];
  const slowest = new Map<string, number>();
  for (const text of Array.from({ length: times }, () => typed).flat()) {
    const startedAt = performance.now();
    await fetchRaw(parley.url, { path: `/search?q=${encodeURIComponent(text)}`, headers });
    const ms = performance.now() - startedAt;
    took.push(ms);
    slowest.set(text, Math.max(ms, slowest.get(text) ?? 0));
  }
  await parley.close();
  rmSync(dataDir, { recursive: true, force: true });
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  const [worst = "", worstMs = 0] = [...slowest].sort(([, a], [, b]) => b - a)[0] ?? [];
  return {
    figures: `p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)} ms; slowest ${worstMs.toFixed(0)} ms (${worst})`,
    met: at(0.95) <= 20,
  };
}

export const searches: Row[] = [
  {
    number: 17,
    work: "search at 1,000,000 messages over HTTP, p95",
    ...{ against: "–", goal: "≤ 20 ms" },
    run: search,
  },
];
