import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { fetchRaw, percentiles, signedText } from "../load.ts";
import { type Measured, type Row } from "../row.ts";
import { startBare, startParley, type Served } from "../servers.ts";

const against = "node:http with Server-Sent Events behind bare Express";
const texts = 100;

/** From the post of a text until it is on all of so many streams. */
async function delays(
  served: Served,
  cookie: string,
  streams: number,
): Promise<{ p50: number; p99: number }> {
  const open = await Promise.all(Array.from({ length: streams }, () => listen(served, cookie)));
  const times: number[] = [];
  for (let index = 0; index < texts; index += 1) {
    const word = `word-${index}-${streams}`;
    const seen = open.map((stream) => stream.until(word));
    const startedAt = performance.now();
    const posted = fetchRaw(served.url, signedText(served.url, { Body: word }));
    await Promise.all(seen);
    times.push(performance.now() - startedAt);
    await posted;
  }
  for (const stream of open) stream.close();
  return percentiles(times);
}

async function listen({ url }: Served, cookie: string) {
  const headers = { cookie, accept: "text/event-stream", "last-event-id": "1000000000" };
  const request = get(`${url}/events`, { headers });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.setEncoding("utf8");
  let waiting: { word: string; done: () => void } | undefined;
  answer.on("data", (text: string) => {
    if (waiting && text.includes(waiting.word)) waiting.done();
  });
  return {
    until: (word: string) => new Promise<void>((done) => (waiting = { word, done })),
    close: () => void request.destroy(),
  };
}

async function measure(streams: number, goal: { p50?: number; p99: number }): Promise<Measured> {
  const parley = await startParley();
  const bare = await startBare();
  // Twenty streams are what one session may have open, two hundred an account; more is for a test of this kind alone.
  const ours = await delays(parley, parley.visitor.cookie(), streams);
  const theirs = await delays(bare, "", streams);
  await Promise.all([parley.close(), bare.close()]);
  const [p50, p99] = [ours.p50 / theirs.p50, ours.p99 / theirs.p99];
  return {
    figures: `p50 ${ours.p50.toFixed(1)} ms (${p50.toFixed(2)} ×), p99 ${ours.p99.toFixed(1)} ms (${p99.toFixed(2)} ×)`,
    met: p50 <= (goal.p50 ?? Infinity) && p99 <= goal.p99,
  };
}

export const live: Row[] = [
  {
    number: 4,
    work: "one webhook until it is on one open stream",
    ...{ against, goal: "p50 ≤ 2.5 ×, p99 ≤ 2 ×" },
    run: () => measure(1, { p50: 2.5, p99: 2 }),
  },
];
