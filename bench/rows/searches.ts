import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchRaw } from "../load.ts";
import type { Measured, Row } from "../row.ts";
import { fill } from "../seed.ts";
import { startParley } from "../servers.ts";

const times = 20;
// One of a million, one of a thousand, a hundred, all; beginnings; phrases; narrowed ones; nobody's.
const typed = [
  "shelf",
  "ready fetch",
  "message 77",
  "999999",
  "she",
  "whenever you li",
  '"fetch it whenever"',
  "shelf -ready",
  "from:me shelf",
  "5012000077 shelf",
  "is:unread shelf",
  "before:2025 shelf",
  "xylophone",
  "sh",
];

async function search(): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  await fill(dataDir, { messages: 1_000_000, targets: 10_000 });
  const parley = await startParley({ dataDir });
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
