import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { openStore } from "../../src/store/store.ts";
import { beginner, shop } from "../../test/support/people.ts";
import { hidden, visit } from "../../test/support/visitor.ts";
import { median } from "../load.ts";
import { rounds, type Measured, type Row } from "../row.ts";
import { fill, secret, text } from "../seed.ts";
import { startParley, type ServedParley } from "../servers.ts";
import { watchStalls } from "../stalls.ts";
import { Wire } from "../wire.ts";

const settlingMs = 1_000;
const lookEveryMs = 500;

/** Somebody else's page, and what a supervisor asks. */
async function everybodyElse({ url }: ServedParley) {
  const other = visit(url);
  await other.signIn(beginner);
  const watched = [{ path: "/chat", headers: { cookie: other.cookie() } }, { path: "/healthz" }];
  await watchOnce(url, watched);
  return () => watchStalls(url, watched);
}

async function watchOnce(url: string, watched: Parameters<typeof watchStalls>[1]): Promise<void> {
  const end = watchStalls(url, watched);
  await wait(settlingMs);
  await end();
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), "parley-bench-"));
}

async function logOut(filled: string) {
  const dataDir = folder();
  cpSync(filled, dataDir, { recursive: true });
  const parley = await startParley({ dataDir });
  const watch = await everybodyElse(parley);
  const { text: html } = await parley.visitor.get("/chat");
  const end = watch();
  const startedAt = performance.now();
  await parley.visitor.post("/logout", { _csrf: hidden(html, "_csrf") });
  const ms = performance.now() - startedAt;
  while (!isErased(dataDir)) await wait(lookEveryMs);
  const [erasedMs, stallMs] = [performance.now() - startedAt, await end()];
  await parley.close();
  rmSync(dataDir, { recursive: true });
  return { ms, erasedMs, stallMs };
}

/** Nothing of it is stored, and nothing of it is left in the file. */
function isErased(dataDir: string): boolean {
  const database = new SQLite(join(dataDir, "parley.db"), { readonly: true });
  const left = database.prepare("select 1 from accounts where sid = ?").get(shop.accountSid);
  const isScrubbed = database.pragma("user_version", { simple: true }) === 0;
  database.close();
  return left === undefined && isScrubbed;
}

async function logouts(): Promise<Measured> {
  const filled = folder();
  await fill(filled, { messages: 400_000, targets: 5_000 });
  const runs: Awaited<ReturnType<typeof logOut>>[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await logOut(filled));
  rmSync(filled, { recursive: true });
  const figure = (name: keyof (typeof runs)[number]) => median(runs.map((each) => each[name]));
  const [ms, erasedMs, stallMs] = [figure("ms"), figure("erasedMs"), figure("stallMs")];
  return {
    figures: `${ms.toFixed(0)} ms, nothing left after ${(erasedMs / 1_000).toFixed(0)} s; stall ${stallMs.toFixed(0)} ms`,
    met: ms <= 1_000 && stallMs <= 50,
  };
}

/** The cursor before so many events. */
async function missed(dataDir: string, events: number): Promise<number> {
  const store = await openStore({ dataDir, secret });
  const before = await store.events.cursor();
  // One by one, as webhooks come: of many at once only a refresh is told.
  const told = Array.from({ length: events }, (_, index) => text(1_000_000 + index, 500));
  await Promise.all(told.map((one) => store.messages.take(shop.accountSid, [one], "webhook")));
  const after = await store.events.cursor();
  await store.close();
  if (after - before < events) throw new Error(`${after - before} events instead of ${events}`);
  return before;
}

async function catchUp(): Promise<Measured> {
  const dataDir = folder();
  await fill(dataDir, { messages: 10_000, targets: 500 });
  const after = await missed(dataDir, 8_000);
  const parley = await startParley({ dataDir });
  const watch = await everybodyElse(parley);
  const wire = new Wire(parley.url);
  const runs: { ms: number; stallMs: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const end = watch();
    await wait(settlingMs);
    const startedAt = performance.now();
    await wire.ask({ path: `/events?after=${after}`, headers: { cookie: parley.visitor.cookie() } });
    runs.push({ ms: performance.now() - startedAt, stallMs: await end() });
  }
  wire.close();
  await parley.close();
  rmSync(dataDir, { recursive: true });
  const warm = runs.slice(1);
  const [ms, stallMs] = [median(warm.map((each) => each.ms)), median(warm.map((each) => each.stallMs))];
  return {
    figures: `${ms.toFixed(0)} ms, stall ${stallMs.toFixed(0)} ms`,
    met: ms <= 200 && stallMs <= 20,
  };
}

export const stalls: Row[] = [
  {
    number: 15,
    work: "logout of an account with 400,000 messages; longest stall of everybody else until nothing is left",
    ...{ against: "–", goal: "≤ 1 s; ≤ 50 ms" },
    run: logouts,
  },
  {
    number: 16,
    work: "catching up over 8,000 events; longest stall of everybody else",
    ...{ against: "–", goal: "≤ 200 ms; ≤ 20 ms" },
    run: catchUp,
  },
];
