import { afterEach, beforeEach, expect, test } from "vitest";
import type { Accounts } from "../../../src/models/account/accounts.ts";
import type { LogPage, LogQuery, MessageApi, TwilioClock } from "../../../src/models/chat/twilio.ts";
import { TwilioBusy } from "../../../src/models/errors.ts";
import { History, type Ahead } from "../../../src/models/sync/history.ts";
import { openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
let accountSid: string;
let history: History;
let asked: string[];
let busyAt: string;
let ahead: Ahead;
beforeEach(async () => {
  opened = await openTestStore();
  accountSid = await signedIn(opened.store);
  [asked, busyAt, ahead] = [[], "", {}];
  history = new History(opened.store, log, accounts);
});
afterEach(() => opened.close());

const accounts = {
  credentials: (sid: string) => Promise.resolve({ accountSid: sid, authToken: "token" }),
} as Accounts;
const next: Record<string, string | null> = { newest: "second", second: "third", third: null };

/** A log of three pages. */
const log = {
  clock: { now: () => new Date() } as TwilioClock,
  listMessages(_: unknown, query: LogQuery | { page: string }): Promise<LogPage> {
    const page = "page" in query ? query.page : "newest";
    asked.push(page);
    if (page === busyAt) return Promise.reject(new TwilioBusy());
    return Promise.resolve({ messages: [twilioMessage({ body: page })], nextPage: next[page] ?? null });
  },
} as MessageApi & { clock: TwilioClock };

const read = () => history.readPage(accountSid, ahead);
const bodies = async () => {
  const { messages } = opened.store;
  return (await messages.between(accountSid, new Date(0), new Date())).map(({ body }) => body).toSorted();
};

test("the next page is asked for while one is written, and each only once", async () => {
  expect(await read()).toBe(true);
  expect([asked, await bodies()]).toEqual([["newest", "second"], ["newest"]]);
  expect([await read(), await read(), await read()]).toEqual([true, false, false]);
  expect([asked, await bodies()]).toEqual([Object.keys(next), Object.keys(next).toSorted()]);
});

test("a page that could not be had ahead of its turn is that turn's failure, and asked for again", async () => {
  busyAt = "second";
  await read();
  await expect(read()).rejects.toThrow(TwilioBusy);
  busyAt = "";
  expect([await read(), await read()]).toEqual([true, false]);
  expect(await bodies()).toEqual(Object.keys(next).toSorted());
});

test("what was asked for ahead is left when another process has read it meanwhile", async () => {
  await read();
  await opened.store.syncs.update(accountSid, { nextPage: "third" });
  expect(await read()).toBe(false);
  expect(asked).toEqual(["newest", "second", "third"]);
  expect(await bodies()).toEqual(["newest", "third"]);
});
