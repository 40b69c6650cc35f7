import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chatPath } from "../../test/support/pages.ts";
import { fetchRaw, load, median, signedText, type Asked, type Load } from "../load.ts";
import { alternately, type Measured, type Row } from "../row.ts";
import { fill } from "../seed.ts";
import { startBare, startParley, type ServedParley } from "../servers.ts";

const connections = 20;
const ms = 4_000;

/** Fifty people in the list, fifty messages in the thread. */
async function talk(parley: ServedParley): Promise<string> {
  const target = "+15012080731";
  for (let index = 0; index < 120; index += 1)
    await fetchRaw(parley.url, signedText(parley.url, index < 60 ? { From: target } : {}));
  return chatPath(target);
}

function reading(parley: ServedParley, path: string): () => Asked {
  const asked = { path, headers: { cookie: parley.visitor.cookie() } };
  return () => asked;
}

async function perSecond(): Promise<Measured> {
  const parley = await startParley();
  const bare = await startBare();
  const path = await talk(parley);
  const html = (await parley.visitor.get(path)).text;
  await fetchRaw(bare.url, {
    path: "/page",
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: html,
  });
  const terms = { connections, ms };
  const ours = () => load(parley.url, reading(parley, path), terms);
  const constant = { path: "/page" };
  const theirs = () => load(bare.url, () => constant, terms);
  await ours();
  const [pages, constants] = await alternately(ours, theirs);
  await Promise.all([parley.close(), bare.close()]);
  const rate = (loads: Load[]) => median(loads.map((each) => each.perSecond));
  const share = rate(pages) / rate(constants);
  const p99 = median(pages.map((each) => each.p99));
  return {
    figures: `${share.toFixed(2)} (${rate(pages).toFixed(0)} and ${rate(constants).toFixed(0)}/s), p99 ${p99.toFixed(0)} ms`,
    met: share >= 0.5 && p99 <= 40,
  };
}

/** The same page of the same rows, from a small account and from a large one. */
async function flat(): Promise<Measured> {
  const small = await filled({ messages: 1_000, targets: 50 });
  const large = await filled({ messages: 1_000_000, targets: 10_000 });
  const terms = { connections: 1, ms };
  const run =
    ({ parley, path }: Filled) =>
    () =>
      load(parley.url, reading(parley, path), terms);
  await run(small)();
  await run(large)();
  const [few, many] = await alternately(run(small), run(large));
  const { bytes } = await fetchRaw(large.parley.url, reading(large.parley, large.path)());
  await Promise.all([small.close(), large.close()]);
  const time = (loads: Load[]) => median(loads.map(({ p50 }) => p50));
  const share = time(many) / time(few);
  return {
    figures: `${share.toFixed(2)} × (${time(many).toFixed(1)} and ${time(few).toFixed(1)} ms), ${(bytes / 1_000).toFixed(0)} kB`,
    met: share <= 1.2 && bytes <= 60_000,
  };
}

type Filled = Awaited<ReturnType<typeof filled>>;

async function filled(size: { messages: number; targets: number }) {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const { path } = await fill(dataDir, size);
  const parley = await startParley({ dataDir });
  return {
    ...{ parley, path },
    async close() {
      await parley.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function memoryAfterLoad(): Promise<Measured> {
  const parley = await startParley();
  const path = await talk(parley);
  await wait(3_000);
  const idle = parley.memory();
  await load(parley.url, reading(parley, path), { connections, ms: 60_000 });
  const after = parley.memory();
  await parley.close();
  return { figures: `${idle.toFixed(0)} → ${after.toFixed(0)} MB`, met: after - idle <= 60 };
}

async function firstVisit(): Promise<Measured> {
  const parley = await startParley();
  const path = await talk(parley);
  const html = (await parley.visitor.get(path)).text;
  const found = html.matchAll(/(?:href|src)="(\/(?:assets\/|icon|manifest)[^"#]*)/g);
  const assets = new Set([...found].map(([, address]) => address ?? ""));
  const headers = { cookie: parley.visitor.cookie(), "accept-encoding": "br" };
  const sizes = await Promise.all(
    [path, ...assets].map((address) => fetchRaw(parley.url, { path: address, headers })),
  );
  await parley.close();
  const [page = 0, ...others] = sizes.map(({ bytes }) => bytes);
  const all = others.reduce((sum, bytes) => sum + bytes, page);
  return {
    figures: `${(all / 1_000).toFixed(1)} kB in ${sizes.length} requests; ${(page / 1_000).toFixed(1)} kB`,
    met: all <= 75_000 && sizes.length <= 8 && page <= 12_000,
  };
}

export const pages: Row[] = [
  {
    number: 8,
    work: "chat page at 1,000,000 messages and 10,000 targets",
    ...{ against: "the same page at 1,000 and 50", goal: "≤ 1.2 ×, ≤ 60 kB plain" },
    run: flat,
  },
  {
    number: 9,
    work: "chat page, warm, session and reads included, 20 connections",
    ...{ against: "the same HTML as a constant in bare Express", goal: "≥ 0.5, p99 ≤ 40 ms" },
    run: perSecond,
  },
  {
    number: 12,
    work: "memory after 60 s of page load at 20 connections",
    ...{ against: "idle", goal: "+ ≤ 60 MB" },
    run: memoryAfterLoad,
  },
  {
    number: 13,
    work: "first visit of the chat page, compressed; second visit",
    ...{ against: "–", goal: "≤ 75 kB, ≤ 8 requests; ≤ 12 kB" },
    run: firstVisit,
  },
];
