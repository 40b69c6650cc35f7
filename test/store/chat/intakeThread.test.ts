import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NotFound, StoreUnavailable } from "../../../src/models/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { IntakeThread } from "../../../src/store/chat/intakeThread.ts";
import { RightOfWay } from "../../../src/store/engines/sqlite/rightOfWay.ts";
import { openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
let store: Store;
let account: string;
let thread: IntakeThread;
let commits: number;
let heard: number;

beforeEach(async () => {
  opened = await openTestStore("sqlite");
  store = opened.store;
  account = await signedIn(store);
  [commits, heard] = [0, 0];
  const hooks = { onEvents: () => (heard += 1), onCommit: () => (commits += 1) };
  const { shared } = new RightOfWay();
  thread = new IntakeThread({ dataDir: opened.options.dataDir, shared, hooks });
});
afterEach(async () => {
  await thread.close();
  await opened.close();
});

const pair = { twilioNumber: "+15550001111", target: "+15552223333" };
const take = (messages = [twilioMessage()], of = account) =>
  thread.take(of, { told: messages, source: "webhook" });
const bodies = async (limit = 1_000) =>
  (await store.messages.thread(account, pair, { limit })).map(({ body }) => body);

test("texts told at the same time share commits, and each answer is its own", async () => {
  const texts = Array.from({ length: 60 }, (_, index) => twilioMessage({ body: `Text ${index}` }));
  const answers = await Promise.all(texts.map((text) => take([text])));
  expect(answers.map(([taken]) => taken?.message?.body)).toEqual(texts.map(({ body }) => body));
  expect(answers.every(([taken]) => taken?.outcome === "received")).toBe(true);
  expect(commits).toBeLessThan(10);
  expect((await bodies()).toSorted()).toEqual(texts.map(({ body }) => body).toSorted());
  expect(await store.conversations.find(account, pair)).toMatchObject({ unread: 60 });
});

test("what the thread has committed is told as an event", async () => {
  await take();
  expect(heard).toBe(1);
  const changes = (await store.events.since(account, 0))?.map(({ change }) => change.kind);
  expect(changes).toContain("received");
});

test("a repeat of what this thread has taken in changes nothing there", async () => {
  const text = twilioMessage();
  await store.messages.take(account, [text], "webhook");
  expect(await take([text])).toMatchObject([{ outcome: "unchanged", unread: 0 }]);
  expect(await bodies()).toHaveLength(1);
});

test("nothing is kept for an account that nobody is signed in to, and others are answered", async () => {
  const [gone, here] = await Promise.allSettled([take([twilioMessage()], `AC${"0".repeat(32)}`), take()]);
  expect(gone.status === "rejected" && gone.reason).toBeInstanceOf(NotFound);
  expect(here.status).toBe("fulfilled");
});

test("people's changes go in between while a long history is taken in", async () => {
  const history = Array.from({ length: 8_000 }, (_, index) => twilioMessage({ body: `Past ${index}` }));
  let isDone = false;
  const past = store.messages.take(account, history, "history").then(() => (isDone = true));
  let changes = 0;
  while (!isDone) {
    await store.targets.rename(account, pair.target, `Name ${(changes += 1)}`);
    expect(await store.people.list(account)).toEqual([{ person: pair.target, name: `Name ${changes}` }]);
  }
  await past;
  // There are sixteen commits of history: at least a few changes found their place between them.
  expect(changes).toBeGreaterThan(3);
  expect(await bodies(10_000)).toHaveLength(8_000);
});

test("a file that cannot be opened is said as such, and the next order begins anew", async () => {
  const nowhere = join(opened.options.dataDir, "a-file", "parley");
  new SQLite(join(opened.options.dataDir, "a-file")).close();
  const { shared } = new RightOfWay();
  const lost = new IntakeThread({ dataDir: nowhere, shared, hooks: { onEvents: () => undefined } });
  const order = () => lost.take(account, { told: [twilioMessage()], source: "webhook" });
  await expect(order()).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(order()).rejects.toBeInstanceOf(StoreUnavailable);
  expect(lost.hasBegun()).toBe(false);
  await lost.close();
});

test("closing waits for what was ordered", async () => {
  const order = take([twilioMessage({ body: "Just in time" })]);
  await thread.close();
  expect(thread.hasBegun()).toBe(false);
  expect(await order).toMatchObject([{ outcome: "received" }]);
  expect(await bodies()).toEqual(["Just in time"]);
});
