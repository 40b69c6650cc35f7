import { percentiles, median, signedText } from "../load.ts";
import { alternately, type Measured, type Row } from "../row.ts";
import { startBare, startParley, type Served } from "../servers.ts";
import { openStreams, type Streams } from "../streams.ts";
import { Wire } from "../wire.ts";

const against = "node:http with Server-Sent Events behind bare Express";
const many = 1_000;

interface Goal {
  p50?: number;
  p99: number;
}

/** One text after the other, each from its post until it is on all of the streams. */
async function delays(
  { url }: Served,
  streams: Streams,
  texts: number,
): Promise<{ p50: number; p99: number }> {
  const wire = new Wire(url);
  const times: number[] = [];
  for (let index = 0; index < texts; index += 1) {
    const word = `word-${index}-${performance.now()}`;
    const text = signedText(url, { Body: word });
    const startedAt = performance.now();
    const seen = streams.until(word, startedAt);
    await wire.ask(text);
    for (const time of await seen) times.push(time);
  }
  wire.close();
  return percentiles(times);
}

async function measure(count: number, goal: Goal): Promise<Measured> {
  const parley = await startParley(count > 1 ? { entry: "bench/crowdedMain.ts" } : {});
  const bare = await startBare();
  const ours = await openStreams(parley.url, parley.visitor.cookie(), count);
  const theirs = await openStreams(bare.url, "", count);
  const texts = count > 1 ? 60 : 200;
  const [one, other] = [() => delays(parley, ours, texts), () => delays(bare, theirs, texts)];
  await alternately(one, other);
  const [own, least] = await alternately(one, other);
  for (const streams of [ours, theirs]) streams.close();
  await Promise.all([parley.close(), bare.close()]);
  const figure = (name: "p50" | "p99") => {
    const [mine, theirs] = [own, least].map((each) => median(each.map((times) => times[name])));
    const [ms = 0, share = 0] = [mine, (mine ?? 0) / (theirs ?? 0)];
    return { share, words: `${name} ${ms.toFixed(1)} ms (${share.toFixed(2)} ×)` };
  };
  const [p50, p99] = [figure("p50"), figure("p99")];
  return {
    figures: `${p50.words}, ${p99.words}`,
    met: p50.share <= (goal.p50 ?? Infinity) && p99.share <= goal.p99,
  };
}

export const live: Row[] = [
  {
    number: 4,
    work: "one webhook until it is on one open stream",
    ...{ against, goal: "p50 ≤ 2.5 ×, p99 ≤ 2 ×" },
    run: () => measure(1, { p50: 2.5, p99: 2 }),
  },
  {
    number: 5,
    work: "one webhook until it is on 1,000 open streams",
    ...{ against, goal: "p99 ≤ 1.15 ×" },
    run: () => measure(many, { p99: 1.15 }),
  },
];
