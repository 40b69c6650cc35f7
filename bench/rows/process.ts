import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { shop } from "../../test/support/people.ts";
import { fetchRaw, median, signedText } from "../load.ts";
import { alternately, type Measured, type Row } from "../row.ts";
import { fill } from "../seed.ts";
import { startAlone, startBare, startParley, type Served } from "../servers.ts";
import { openStreams } from "../streams.ts";

const manyStreams = 1_000;
const settlingMs = 3_000;

async function start(): Promise<Measured> {
  const once = async (server: Promise<Served>) => {
    const served = await server;
    await wait(settlingMs);
    const memory = served.memory();
    await served.close();
    return { startMs: served.startMs, memory };
  };
  const [ours, theirs] = await alternately(
    () => once(startAlone()),
    () => once(startBare()),
  );
  const crowded = [await memoryWithStreams(), await memoryWithStreams(), await memoryWithStreams()];
  const times = [ours, theirs].map((each) => median(each.map(({ startMs }) => startMs)));
  const memories = [ours, theirs].map((each) => median(each.map(({ memory }) => memory)));
  const [[ms = 0, bareMs = 0], [idle = 0, bare = 0], watched] = [times, memories, median(crowded)];
  return {
    figures: `${(ms / bareMs).toFixed(2)} × (${ms.toFixed(0)} ms), ${idle.toFixed(0)} MB (bare ${bare.toFixed(0)}); ${watched.toFixed(0)} MB`,
    met: ms <= 1.1 * bareMs && idle <= 75 && watched <= 115,
  };
}

/** Once a text has come to each of them. */
async function memoryWithStreams(): Promise<number> {
  const parley = await startParley({ entry: "bench/crowdedMain.ts" });
  const streams = await openStreams(parley.url, parley.visitor.cookie(), manyStreams);
  const seen = streams.until("a text for all", 0);
  await fetchRaw(parley.url, signedText(parley.url, { Body: "a text for all" }));
  await seen;
  await wait(settlingMs);
  const memory = parley.memory();
  streams.close();
  await parley.close();
  return memory;
}

async function requests(): Promise<Measured> {
  const parley = await startParley();
  const { log } = parley.sandbox.world;
  const asked = () => log.list().filter(({ kind }) => kind === "api").length;
  await wait(2_000);
  const signIn = asked();
  await parley.visitor.get("/admin");
  const warm = asked();
  for (let view = 0; view < 5; view += 1) await parley.visitor.get("/admin");
  const admin = (asked() - warm) / 5;
  await parley.close();
  return {
    figures: `sign-in ${signIn}, warm admin page ${admin} (account ${shop.accountSid.slice(-4)})`,
    met: admin === 0,
  };
}

async function disk(): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const messages = 100_000;
  await fill(dataDir, { messages, targets: 1_000 });
  const bytes = statSync(join(dataDir, "parley.db")).size / messages;
  const text = "Message 50000: the shelf is ready, and you can fetch it whenever you like.".length;
  rmSync(dataDir, { recursive: true, force: true });
  return { figures: `${(bytes - text).toFixed(0)} bytes`, met: bytes - text <= 400 };
}

export const processes: Row[] = [
  {
    number: 6,
    work: "requests to Twilio: sign-in with the first page of history, warm admin page",
    ...{ against: "–", goal: "admin 0 within 30 s" },
    run: requests,
  },
  {
    number: 11,
    work: "start to the first 200 of /healthz; idle memory; memory with 1,000 open streams",
    ...{ against: "node loading Express and the SDK", goal: "≤ 1.1 ×, ≤ 75 MB; ≤ 115 MB" },
    run: start,
  },
  {
    number: 14,
    work: "disk for a message beyond its text, with indexes",
    ...{ against: "–", goal: "≤ 400 bytes, search included" },
    run: disk,
  },
];
