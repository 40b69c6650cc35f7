import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

const heartbeatMs = 10_000;
const longestPauseMs = 5_000;

/**
 * Listens, on a connection of its own, for other instances' commits. `wake` is also called after each reconnect. What it
 * returns stops it at once, without waiting for a server that may be silent.
 */
export async function startRelay(
  settings: pg.ClientConfig,
  wake: () => void,
  onError: (error: unknown) => void,
): Promise<() => void> {
  const stopping = new AbortController();
  let client = await listen(settings, wake);
  void keepUp();
  return () => {
    stopping.abort();
    leave(client);
  };

  async function keepUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      await untilLost(client, wake, stopping.signal);
      leave(client);
      await reconnect();
    }
    leave(client);
  }

  async function reconnect(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        client = await listen(settings, wake);
        return wake();
      } catch (error) {
        if (failures === 0) onError(error);
        await pause(Math.min(50 * 2 ** failures, longestPauseMs), stopping.signal);
      }
    }
  }
}

async function listen(settings: pg.ClientConfig, wake: () => void): Promise<pg.Client> {
  const client = new pg.Client(settings);
  client.on("error", () => undefined);
  client.on("notification", wake);
  try {
    await client.connect();
    await client.query("listen parley_events");
    return client;
  } catch (error) {
    leave(client);
    throw error;
  }
}

// Waiting for goodbyes would wait for a server that may be gone.
function leave(client: pg.Client): void {
  client.end().catch(() => undefined);
}

// A connection can die without a word, so it is asked now and then; pages meanwhile get what was announced.
async function untilLost(client: pg.Client, wake: () => void, stop: AbortSignal): Promise<void> {
  const lost = new AbortController();
  client.once("end", () => lost.abort());
  const either = AbortSignal.any([stop, lost.signal]);
  while (!either.aborted) {
    await pause(heartbeatMs, either);
    if (either.aborted) return;
    await client.query("select 1").catch(() => lost.abort());
    wake();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
