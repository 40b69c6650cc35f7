import { load, median, signedTexts, type Asked, type Load } from "../load.ts";
import { alternately, type Measured, type Row } from "../row.ts";
import { startBare, startParley, type Served } from "../servers.ts";

const against = "bare Express with urlencoded and twilio.validateRequest, nothing stored";
const ms = 4_000;

interface Goal {
  share: number;
  p99?: number;
}

async function measure(goal: Goal, { postgres = false, forged = false } = {}): Promise<Measured> {
  const parley = await startParley({ postgres });
  const bare = await startBare();
  const terms = { connections: 50, ms, status: forged ? 403 : 200 };
  const run = (served: Served) => () => load(served.url, signedTexts(served.url, 60_000, { forged }), terms);
  await run(parley)();
  await run(bare)();
  const [ours, theirs] = await alternately(run(parley), run(bare));
  const ceiling = await load(bare.url, leastOf(bare, forged), { ...terms, status: 200 });
  await Promise.all([parley.close(), bare.close()]);
  const share = rate(ours) / rate(theirs);
  const p99 = slowest(ours) / slowest(theirs);
  return {
    figures: `${share.toFixed(2)} B (${rate(ours).toFixed(0)} and ${rate(theirs).toFixed(0)}/s; node:http alone ${ceiling.perSecond.toFixed(0)}), p99 ${p99.toFixed(2)} ×`,
    met: share >= goal.share && p99 <= (goal.p99 ?? Infinity),
  };
}

/** The same posts, to what only reads and answers them: nothing in Node answers faster. */
function leastOf({ url }: Served, forged: boolean): () => Asked {
  const next = signedTexts(url, 60_000, { forged });
  return () => ({ ...next(), path: "/least" });
}

const rate = (loads: Load[]) => median(loads.map(({ perSecond }) => perSecond));
const slowest = (loads: Load[]) => median(loads.map(({ p99 }) => p99));

export const receiving: Row[] = [
  {
    number: 1,
    work: "POST /sms, signed, committed before the answer (SQLite), 50 connections",
    ...{ against, goal: "≥ 1.8 B, p99 ≤ 0.5 ×" },
    run: () => measure({ share: 1.8, p99: 0.5 }),
  },
  {
    number: 2,
    work: "the same on PostgreSQL",
    ...{ against, goal: "≥ 0.9 B" },
    run: () => measure({ share: 0.9 }, { postgres: true }),
  },
  {
    number: 3,
    work: "forged posts refused",
    ...{ against, goal: "≥ 3 B" },
    run: () => measure({ share: 3 }, { forged: true }),
  },
];
