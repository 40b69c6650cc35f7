import { once } from "node:events";
import { createServer } from "node:net";

// Each worker has ports of its own, below those that the system gives to outgoing connections, and offers none twice
// in a row: an address that is free while its app restarts is taken by nobody else.
const perWorker = 2_000;
const first = 10_000 + (Number(process.env["VITEST_POOL_ID"] ?? 0) % 10) * perWorker;
let offered = Math.floor(Math.random() * perWorker);

export async function freePort(): Promise<number> {
  for (;;) {
    offered = (offered + 1) % perWorker;
    const port = first + offered;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  const listens = await Promise.race([
    once(probe, "listening").then(() => true),
    once(probe, "error").then(() => false),
  ]);
  if (!listens) return false;
  probe.close();
  await once(probe, "close");
  return true;
}
