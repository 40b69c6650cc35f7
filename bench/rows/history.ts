import { setTimeout as wait } from "node:timers/promises";
import type { Seed } from "../../src/sandbox/world/seed.ts";
import { chatPath } from "../../test/support/pages.ts";
import { hidden, visit } from "../../test/support/visitor.ts";
import { median } from "../load.ts";
import { alternately, rounds, type Measured, type Row } from "../row.ts";
import { startAlone, startTwilio, type Served } from "../servers.ts";
import { Wire } from "../wire.ts";

const delayMs = 120;
const pageSize = 1_000;
const settlingMs = 3_000;
const pauseMs = 5;

interface Account {
  sid: string;
  authToken: string;
  seed: Seed["accounts"][number];
  /** The page of its newest conversation. */
  path: string;
}

/** The nth account, with so many messages, the newest of them with its phone. */
function accountWith(messages: number, index: number): Account {
  const [phoneNumber, phone] = [`+1501443${4_000 + index}`, `+1501208${4_000 + index}`];
  const [sid, authToken] = [`AC${index.toString(16).padStart(32, "0")}`, `${index}`.padStart(32, "f")];
  const newest = { from: phone, to: phoneNumber, body: "The newest", direction: "inbound" as const };
  const known = { numbers: [{ phoneNumber }], messages: [newest], history: { messages } };
  return { sid, authToken, seed: { sid, authToken, ...known }, path: chatPath(phone, phoneNumber) };
}

/** Posts the form of the sign-in; resolves with the cookie, and when it was posted. */
async function signIn(url: string, { sid, authToken }: Account) {
  const visitor = visit(url);
  const form = { accountSid: sid, authToken, _csrf: hidden((await visitor.get("/login")).text, "_csrf") };
  const startedAt = performance.now();
  const { status } = await visitor.post("/login", form);
  if (status !== 303) throw new Error(`the sign-in was answered ${status}`);
  return { cookie: visitor.cookie(), startedAt };
}

async function untilThread({ url }: Served, account: Account): Promise<number> {
  const { cookie, startedAt } = await signIn(url, account);
  const wire = new Wire(url);
  const asked = { path: account.path, headers: { cookie } };
  while ((await wire.ask(asked)).status !== 200) await wait(pauseMs);
  const ms = performance.now() - startedAt;
  wire.close();
  return ms;
}

function askTwilio(twilio: Served, { sid, authToken }: Account, path: string): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`;
  return fetch(twilio.url + path, { headers: { authorization } });
}

async function firstThread(): Promise<Measured> {
  const accounts = Array.from({ length: rounds + 1 }, (_, index) => accountWith(10_000, index));
  const [first, ...others] = accounts as [Account, ...Account[]];
  const twilio = await startTwilio({ accounts: accounts.map(({ seed }) => seed) }, delayMs);
  const parley = await startAlone(twilio.url);
  const roundTrip = async () => {
    const startedAt = performance.now();
    await (await askTwilio(twilio, first, `/2010-04-01/Accounts/${first.sid}.json`)).text();
    return performance.now() - startedAt;
  };
  await untilThread(parley, first);
  await roundTrip();
  const [times, trips] = await alternately(() => untilThread(parley, others.shift() ?? first), roundTrip);
  await Promise.all([parley.close(), twilio.close()]);
  const [ours, trip] = [median(times), median(trips)];
  return {
    figures: `${(ours / trip).toFixed(1)} round trips (${ours.toFixed(0)} and ${trip.toFixed(0)} ms)`,
    met: ours <= 3 * trip,
  };
}

/** All pages, one after the other, by a client that keeps nothing. */
async function readAll(twilio: Served, account: Account): Promise<number> {
  const startedAt = performance.now();
  const path = `/2010-04-01/Accounts/${account.sid}/Messages.json?PageSize=${pageSize}`;
  for (let next: string | null = path; next !== null;) {
    const page = (await (await askTwilio(twilio, account, next)).json()) as { next_page_uri: string | null };
    next = page.next_page_uri;
  }
  return performance.now() - startedAt;
}

/** From the sign-in until all of the log is cached, with somebody looking at a page all the while. */
async function cacheAll(twilio: Served, account: Account, warm: Account) {
  const parley = await startAlone(twilio.url);
  await untilThread(parley, warm);
  await wait(settlingMs);
  const idle = parley.memory();
  const { cookie, startedAt } = await signIn(parley.url, account);
  let [slowestMs, memory, html] = [0, 0, ""];
  while (!html.includes('data-state="done"')) {
    const askedAt = performance.now();
    html = await (await fetch(parley.url + account.path, { headers: { cookie } })).text();
    slowestMs = Math.max(slowestMs, performance.now() - askedAt);
    memory = Math.max(memory, parley.memory() - idle);
    await wait(10 * pauseMs);
  }
  const ms = performance.now() - startedAt;
  await parley.close();
  return { ms, slowestMs, memory };
}

async function wholeHistory(): Promise<Measured> {
  const [warm, account] = [accountWith(10, 0), accountWith(100_000, 1)];
  const twilio = await startTwilio({ accounts: [warm.seed, account.seed] }, delayMs);
  await readAll(twilio, account);
  const [ours, theirs] = await alternately(
    () => cacheAll(twilio, account, warm),
    () => readAll(twilio, account),
  );
  await twilio.close();
  const [ms, least] = [median(ours.map((each) => each.ms)), median(theirs)];
  const [memory, slowest] = [
    median(ours.map((each) => each.memory)),
    median(ours.map((each) => each.slowestMs)),
  ];
  return {
    figures: `${(ms / least).toFixed(2)} × (${(ms / 1_000).toFixed(1)} and ${(least / 1_000).toFixed(1)} s), + ${memory.toFixed(0)} MB, slowest page ${slowest.toFixed(0)} ms`,
    met: ms <= 1.2 * least && memory <= 60 && slowest <= 50,
  };
}

export const history: Row[] = [
  {
    number: 7,
    work: `first thread readable after the sign-in, 10,000 messages, Twilio ${delayMs} ms away`,
    ...{ against: "one round trip to Twilio", goal: "≤ 3 round trips" },
    run: firstThread,
  },
  {
    number: 10,
    work: `history of 100,000 into the cache, Twilio ${delayMs} ms away`,
    ...{
      against: "the same pages read by a client that keeps nothing",
      goal: "≤ 1.2 ×, + ≤ 60 MB, slowest chat page meanwhile ≤ 50 ms",
    },
    run: wholeHistory,
  },
];
