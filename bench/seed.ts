// `npm run seed -- --messages 1000000 --targets 10000 --data ./data`: a large account in minutes, the shop's of the demo.
import { parseArgs } from "node:util";
import { openStore } from "../src/store/store.ts";
import { chatPath } from "../test/support/pages.ts";
import { shop, shopNumber } from "../test/support/people.ts";

/** What servers that open a filled folder must be started with. */
export const secret = "of the benchmarks and nobody else's";

const perCall = 5_000;
const newestAt = Date.now() - 60_000;

export interface Size {
  messages: number;
  targets: number;
}

/** Fills the SQLite database in this folder; returns the page of a conversation with many messages. */
export async function fill(
  dataDir: string,
  { messages, targets }: Size,
  tell: (done: number) => void = () => undefined,
) {
  const store = await openStore({ dataDir, secret });
  const account = {
    sid: shop.accountSid,
    friendlyName: "Walnut & Sons",
    type: "Full",
    status: "active",
  } as const;
  await store.accounts.save(account, shop.authToken);
  for (let done = 0; done < messages; done += perCall) {
    const count = Math.min(perCall, messages - done);
    const told = Array.from({ length: count }, (_, index) => text(done + index, targets));
    await store.messages.take(shop.accountSid, told, "history");
    tell(done + count);
  }
  await store.syncs.update(shop.accountSid, { state: "done", seenUntil: new Date(), sweptAt: new Date() });
  await store.close();
  return { path: chatPath(numberOf(0)) };
}

/** Newest first, as the log tells it; every tenth text is one of the first conversation's. */
export function text(index: number, targets: number) {
  const isOurs = index % 3 === 0;
  return {
    sid: `SM${index.toString(16).padStart(32, "0")}`,
    twilioNumber: shopNumber,
    target: numberOf(index % 10 === 0 ? 0 : index % targets),
    direction: isOurs ? ("outbound" as const) : ("inbound" as const),
    body: sentence(index),
    status: isOurs ? ("delivered" as const) : ("received" as const),
    ...{ errorCode: null, errorMessage: null, numMedia: 0, serviceSid: null },
    at: new Date(newestAt - index * 1_000),
  };
}

// As in a language: few words are in most texts, most words in few.
const vocabulary = 8_000;
const wordsOfSentence = 12;

function sentence(index: number): string {
  const words = Array.from({ length: wordsOfSentence }, (_, place) =>
    wordAt(index * wordsOfSentence + place),
  );
  return `Order ${index}: ${words.join(" ")}.`;
}

function wordAt(place: number): string {
  return wordOf(Math.floor(vocabulary ** chance(place)) - 1);
}

/** The word of this rank, the most common first: two to nine letters, the common ones short. */
export function wordOf(rank: number): string {
  const letters = 2 + Math.min(7, Math.floor(Math.log2(rank + 1) / 2 + 2 * chance(rank)));
  const letter = (index: number) => String.fromCharCode(97 + Math.floor(26 * chance(rank * 10 + index + 1)));
  return Array.from({ length: letters }, (_, index) => letter(index)).join("");
}

/** A number from 0 to 1 that looks like chance, the same each time. */
function chance(seed: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), 2_246_822_519) ^ Math.imul(seed + 1, 2_654_435_761);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

function numberOf(index: number): string {
  return `+1501${String(2_000_000 + index)}`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "1000000" },
      targets: { type: "string", default: "10000" },
      data: { type: "string", default: "./data" },
    },
  });
  const size = { messages: Number(values.messages), targets: Number(values.targets) };
  await fill(values.data, size, (done) => process.stdout.write(`\r${done.toLocaleString("en")} messages`));
  process.stdout.write("\n");
}
