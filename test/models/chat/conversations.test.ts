import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Conversations } from "../../../src/models/chat/conversations.ts";
import { NotFound } from "../../../src/models/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { inbound, pair } from "../../support/messages.ts";
import { openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

const { twilioNumber } = pair;
let opened: TestStore;
let store: Store;
let sid: string;
let conversations: Conversations;
beforeAll(async () => {
  opened = await openTestStore();
  store = opened.store;
});
afterAll(() => opened.close());
beforeEach(async () => {
  sid = await signedIn(store);
  conversations = new Conversations(store);
});

/** So many texts of the pair, a second apart; their ids, oldest first. */
async function say(count: number, ends = pair): Promise<string[]> {
  const told = Array.from({ length: count }, (_, index) =>
    inbound({ ...ends, body: `Text ${index + 1}`, at: new Date(1e12 + index * 1_000) }),
  );
  await store.messages.take(sid, told, "webhook");
  return told.map((text) => text.sid);
}
const person = (last: number) => `+1555222${String(last).padStart(4, "0")}`;
/** So many people, each with a text to the Twilio number. */
async function meet(count: number): Promise<void> {
  const told = Array.from({ length: count }, (_, index) =>
    inbound({ target: person(index), at: new Date(1e12 + index * 1_000) }),
  );
  await store.messages.take(sid, told, "webhook");
}

test.each([
  [49, 49, false],
  [50, 50, false],
  [51, 50, true],
])(
  "of %i people the list shows %i, and says rightly whether others follow",
  async (count, shown, hasMore) => {
    await meet(count);
    const list = await conversations.list(sid, { twilioNumber });
    expect([list.conversations.length, list.hasMore]).toEqual([shown, hasMore]);
    expect(list.conversations[0]?.target).toBe(person(count - 1));
  },
);

test("the page behind the last row is empty", async () => {
  await meet(3);
  const last = { target: person(0), lastAt: new Date(1e12) };
  expect(await conversations.list(sid, { twilioNumber, after: last })).toEqual({
    conversations: [],
    hasMore: false,
  });
});

test.each([
  [50, 50, false],
  [51, 50, true],
])("of %i messages the thread shows the newest %i, oldest first", async (count, shown, hasEarlier) => {
  await say(count);
  const thread = await conversations.read(sid, pair);
  expect(thread?.messages.map(({ body }) => body)).toEqual(
    Array.from({ length: shown }, (_, index) => `Text ${count - shown + index + 1}`),
  );
  expect([thread?.hasEarlier, thread?.isEarlier]).toEqual([hasEarlier, false]);
});

test("earlier messages end before the one that was named, and the very first has none before it", async () => {
  const [first = "", second = "", third = ""] = await say(3);
  const earlier = async (id: string) => {
    const { messages, hasEarlier, isEarlier } = await conversations.readEarlier(sid, pair, id);
    return [messages.map((message) => message.id), hasEarlier, isEarlier];
  };
  expect(await earlier(third)).toEqual([[first, second], false, true]);
  expect(await earlier(first)).toEqual([[], false, true]);
});

test("earlier than a message of another conversation, or of nobody's, is nothing", async () => {
  const [here] = await say(1);
  const other = { twilioNumber, target: person(9) };
  const elsewhere = { twilioNumber: "+15550009999", target: pair.target };
  const [there = ""] = await say(1, other);
  const [onOtherNumber = ""] = await say(1, elsewhere);
  for (const id of [there, onOtherNumber, "SM of nobody"])
    await expect(conversations.readEarlier(sid, pair, id)).rejects.toThrow("not in this conversation");
  const unknown = { twilioNumber, target: person(8) };
  await expect(conversations.readEarlier(sid, unknown, here ?? "")).rejects.toThrow(NotFound);
});

test("who reads a conversation leaves nothing unread, sees it so at once, and is told of", async () => {
  await say(2);
  const openedPairs: unknown[] = [];
  conversations.opened.listen((opening) => void openedPairs.push(opening));
  expect((await conversations.find(sid, pair))?.unread).toBe(2);
  expect((await conversations.read(sid, pair))?.conversation.unread).toBe(0);
  expect((await conversations.find(sid, pair))?.unread).toBe(0);
  expect(openedPairs).toEqual([{ accountSid: sid, ...pair }]);
});

test("who leafs back reads nothing new, and opens nothing", async () => {
  const [id = ""] = await say(2);
  const openedPairs: unknown[] = [];
  conversations.opened.listen((opening) => void openedPairs.push(opening));
  expect((await conversations.readEarlier(sid, pair, id)).conversation.unread).toBe(2);
  expect((await conversations.find(sid, pair))?.unread).toBe(2);
  expect(openedPairs).toEqual([]);
});

test("a target that is not known has no thread, and cannot be marked as read", async () => {
  await say(1);
  const unknown = { twilioNumber, target: person(7) };
  const openedPairs: unknown[] = [];
  conversations.opened.listen((opening) => void openedPairs.push(opening));
  expect(await conversations.read(sid, unknown)).toBeUndefined();
  await expect(conversations.markRead(sid, unknown)).rejects.toThrow(NotFound);
  expect(openedPairs).toEqual([]);
});

test("a thread opened at a message has it in its middle, and says where it is cut", async () => {
  const ids = await say(120);
  const around = await conversations.readAround(sid, pair, ids[60] ?? "");
  expect(around.messages.map(({ id }) => id)).toEqual(ids.slice(35, 85));
  expect([around.hasEarlier, around.isEarlier]).toEqual([true, true]);
  const atFirst = await conversations.readAround(sid, pair, ids[0] ?? "");
  expect([atFirst.messages.length, atFirst.hasEarlier, atFirst.isEarlier]).toEqual([25, false, true]);
  const atLast = await conversations.readAround(sid, pair, ids[119] ?? "");
  expect([atLast.messages.length, atLast.hasEarlier, atLast.isEarlier]).toEqual([26, true, false]);
  await expect(
    conversations.readAround(sid, { ...pair, target: "+15550009999" }, ids[0] ?? ""),
  ).rejects.toThrow(NotFound);
});
