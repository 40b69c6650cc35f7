import { setTimeout as wait } from "node:timers/promises";
import type { Fault, FaultKind } from "../../src/sandbox/world/faults.ts";
import type { Arena } from "./arena.ts";
import { any } from "./traffic.ts";

export interface Trouble {
  restarts: number;
  /** How often each fault has happened so far. */
  fired(): Map<FaultKind, number>;
  /** Ends it, with every instance up. */
  stop(): Promise<void>;
}

const kinds: FaultKind[] = [
  ...(["webhookLost", "webhookRepeated", "webhookReordered", "webhookDelayed", "wrongSignature"] as const),
  ...(["tooManyRequests", "serverError", "unavailable", "hang", "answerLost", "latency"] as const),
  ...(["staysSent", "messageFails"] as const),
];
const faultEveryMs = 500;
const restartEveryMs = 12_000;

/** Faults at random, and instances that end at random, gently or not. */
export function startTrouble({ sandbox, instances }: Arena): Trouble {
  const { faults } = sandbox.world;
  const stopping = new AbortController();
  const added: { fault: Fault; times: number }[] = [];
  const trouble: Trouble = {
    restarts: 0,
    fired() {
      const active = new Set(faults.list());
      const count = new Map<FaultKind, number>();
      for (const { fault, times } of added) {
        const left = active.has(fault) ? (fault.times ?? 0) : 0;
        count.set(fault.kind, (count.get(fault.kind) ?? 0) + times - left);
      }
      return count;
    },
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
  const loops = [repeat(faultEveryMs, addFault), repeat(restartEveryMs, restart)];
  return trouble;

  async function repeat(ms: number, work: () => unknown): Promise<void> {
    for (;;) {
      await wait(ms * (0.5 + Math.random()), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await work();
    }
  }

  function addFault(): void {
    const times = 1 + Math.floor(Math.random() * 10);
    // The longest is longer than Parley waits for an answer.
    const ms = Math.round(Math.random() * 4_000);
    added.push({ fault: faults.add({ kind: any(kinds), times, ms }), times });
  }

  async function restart(): Promise<void> {
    const instance = any(instances);
    trouble.restarts += 1;
    await instance.end(any(["SIGTERM", "SIGKILL"]));
    await instance.start();
  }
}
