// `npm run soak -- --engine sqlite|postgres|both --minutes 5 --texts 20000`: real processes, both ways, with faults and restarts.
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openArena, type Arena, type EngineName } from "./soak/arena.ts";
import { compare, type Comparison } from "./soak/comparison.ts";
import type { Instance } from "../test/support/processes.ts";
import { startTraffic, type Traffic } from "./soak/traffic.ts";
import { startTrouble, type Trouble } from "./soak/trouble.ts";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "both" },
    minutes: { type: "string", default: "5" },
    texts: { type: "string", default: "20000" },
  },
});
const longestSettlingMs = 180_000;
const samples = 5;
const signals = ["SIGINT", "SIGTERM"] as const;

const engines: EngineName[] =
  values.engine === "both" ? ["sqlite", "postgres"] : [values.engine as EngineName];
for (const engine of engines) if (!(await soak(engine))) process.exitCode = 1;

async function soak(engine: EngineName): Promise<boolean> {
  console.log(`\n${engine}: starting`);
  const arena = await openArena(engine);
  for (const signal of signals) {
    // The embedded PostgreSQL brings listeners that would end the process before everything is closed.
    process.removeAllListeners(signal);
    process.once(signal, () => void arena.close().then(() => process.exit(1)));
  }
  try {
    const traffic = await startTraffic(arena, Number(values.texts));
    const trouble = startTrouble(arena);
    const startedAt = Date.now();
    while (isGoingOn(traffic, startedAt)) {
      await wait(5_000);
      const memory = arena.instances.map(memoryOf).join(" and ");
      console.log(
        `${seconds(startedAt)} ${total(traffic)} texts, ${trouble.restarts} restarts, ${memory} of memory`,
      );
    }
    await Promise.all([traffic.stop(), trouble.stop()]);
    const fired = trouble.fired();
    arena.sandbox.world.faults.reset();
    const result = await settled(arena, traffic);
    print({ traffic, trouble, fired, result });
    printErrors(arena);
    return count(result) === 0 && traffic.unexpected.size === 0;
  } finally {
    for (const signal of signals) process.removeAllListeners(signal);
    await arena.close();
  }
}

/** What the process holds, e.g. "146 MB"; it starts anew with every restart. */
function memoryOf({ pid }: Instance): string {
  const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(pid ?? 0)], { encoding: "utf8" });
  return stdout.trim() === "" ? "restarting" : `${Math.round(Number(stdout) / 1_024)} MB`;
}

function isGoingOn(traffic: Traffic, startedAt: number): boolean {
  return (
    total(traffic) < Number(values.texts) - 20 && Date.now() - startedAt < Number(values.minutes) * 60_000
  );
}

/** Looks again until nothing is wrong any more, or it has taken too long. */
async function settled(arena: Arena, traffic: Traffic): Promise<Comparison> {
  const startedAt = Date.now();
  for (;;) {
    const result = await compare(arena, traffic.sent);
    const open = count(result);
    console.log(`${seconds(startedAt)} settling, ${open} differences`);
    if (open === 0 || Date.now() - startedAt > longestSettlingMs) return result;
    await wait(3_000);
  }
}

function print(of: {
  traffic: Traffic;
  trouble: Trouble;
  fired: ReturnType<Trouble["fired"]>;
  result: Comparison;
}): void {
  const { traffic, trouble, fired, result } = of;
  console.table({
    "texts in": traffic.textsIn,
    "texts out": traffic.sent.size,
    restarts: trouble.restarts,
    "faults fired": [...fired.values()].reduce((sum, count) => sum + count, 0),
    missing: result.missing.length,
    duplicated: result.duplicated.length,
    "wrong state or unread": result.wrong.length,
    "unexpected answers": [...traffic.unexpected.values()].reduce((sum, count) => sum + count, 0),
  });
  console.log([...fired].map(([kind, count]) => `${kind} ${count}`).join(", "));
  for (const [what, lines] of Object.entries(result)) {
    for (const line of (lines as string[]).slice(0, samples)) console.log(`${what}: ${line}`);
  }
  for (const [status, count] of traffic.unexpected) console.log(`unexpected: HTTP ${status}, ${count} times`);
}

/** What the instances have logged, by how often. */
function printErrors({ instances }: Arena): void {
  const lines = instances.flatMap(({ log }) => log.split("\n")).filter((line) => line !== "");
  const said = Map.groupBy(lines, (line) => /"message":"([^"]*)"/.exec(line)?.[1] ?? line);
  for (const [sentence, times] of said) console.log(`logged ${times.length} times: ${sentence}`);
}

function count({ missing, duplicated, wrong }: Comparison): number {
  return missing.length + duplicated.length + wrong.length;
}

function total({ textsIn, sent }: Traffic): number {
  return textsIn + sent.size;
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1_000)} s`.padStart(6);
}
