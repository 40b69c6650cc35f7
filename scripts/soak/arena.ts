import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { startBalancer } from "../../test/support/balancer.ts";
import { londonNumber, shop, shopNumber } from "../../test/support/people.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { startInstance, type Instance } from "../../test/support/processes.ts";
import { hidden, visit } from "../../test/support/visitor.ts";

export type EngineName = "sqlite" | "postgres";

export interface Arena {
  sandbox: Sandbox;
  /** Where Twilio and people reach Parley, whichever instance is up. */
  url: string;
  instances: Instance[];
  /** The cache, read past the instances. */
  store: Store;
  /** What a signed-in person's forms carry. */
  person: { cookie: string; csrf: string };
  close(): Promise<void>;
}

export const twilioNumbers = [shopNumber, londonNumber];
export const phones = Array.from({ length: 200 }, (_, index) => `+1501208${1_000 + index}`);

const unlimited = { points: 1_000_000, seconds: 60, sentence: "" };

// Shorter than in real life, so that a run of minutes sees what otherwise takes hours.
const tuning = {
  quickPollMs: 3_000,
  slowPollMs: 15_000,
  twilioTimeoutMs: 3_000,
  checkDelays: [200, 400, 800, 1_600, 3_200],
  patience: { stuckMs: 10_000, indexLagMs: 10_000 },
  // One browser sends what in real life hundreds do.
  limits: { sendsOfSession: unlimited, sendsOfAccount: unlimited },
};

/** A sandbox and Parley on it in processes of their own, signed in, with a page open. */
export async function openArena(engine: EngineName): Promise<Arena> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-soak-"));
  const postgres = engine === "postgres" ? await startPostgres() : undefined;
  const instances: Instance[] = [];
  const balancer = await startBalancer(instances);
  const sandbox = await startSandbox({ seed: seed(balancer.url), timing: { queuedMs: 200, sentMs: 300 } });
  const secret = randomUUID();
  for (const name of engine === "postgres" ? ["one", "two"] : ["only"]) {
    const variables = { DATA_DIR: join(dataDir, name), DATABASE_URL: postgres?.url ?? "" };
    const told = { PUBLIC_URL: balancer.url, TWILIO_API_URL: sandbox.url, SESSION_SECRET: secret };
    instances.push(await startInstance({ ...variables, ...told }, tuning));
  }
  const store = await openStore({ dataDir: join(dataDir, "only"), databaseUrl: postgres?.url, secret });
  const visitor = visit(balancer.url);
  await visitor.signIn(shop);
  // Not the chat, which would mark texts as read.
  const csrf = hidden((await visitor.get("/targets/new")).text, "_csrf");
  const person = { cookie: visitor.cookie(), csrf };
  while ((await store.syncs.find(shop.accountSid)).state !== "done") await wait(100);
  const leaving = new AbortController();
  void keepPageOpen(balancer.url, person.cookie, leaving.signal);
  return {
    ...{ sandbox, url: balancer.url, instances, store, person },
    async close() {
      leaving.abort();
      await Promise.all(instances.map((instance) => instance.end("SIGKILL")));
      await store.close();
      await Promise.all([balancer.close(), sandbox.close()]);
      await postgres?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function seed(publicUrl: string) {
  const smsUrl = `${publicUrl}/sms#rc=5&rp=all`;
  const numbers = twilioNumbers.map((phoneNumber) => ({ phoneNumber, smsUrl }));
  return { accounts: [{ sid: shop.accountSid, authToken: shop.authToken, numbers }] };
}

async function keepPageOpen(url: string, cookie: string, signal: AbortSignal): Promise<void> {
  const headers = { cookie, accept: "text/event-stream" };
  while (!signal.aborted) {
    try {
      const stream = await fetch(`${url}/events?after=1000000000`, { headers, signal });
      for await (const chunk of stream.body ?? []) void chunk;
    } catch {
      await wait(500);
    }
  }
}
