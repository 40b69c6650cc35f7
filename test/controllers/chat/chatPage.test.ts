import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chatPage } from "../../../src/controllers/chat/chatPage.ts";
import type { ChatQuery } from "../../../src/controllers/chat/chatParts.ts";
import { Conversations } from "../../../src/models/chat/conversations.ts";
import { Searches } from "../../../src/models/chat/searches.ts";
import { NotFound } from "../../../src/models/errors.ts";
import type { Numbers } from "../../../src/models/numbers/numbers.ts";
import type { History } from "../../../src/models/sync/history.ts";
import { WebhookRefusals } from "../../../src/models/sync/webhookRefusals.ts";
import { inbound } from "../../support/messages.ts";
import { openTestStore, ownedNumber, signedIn, type TestStore } from "../../support/stores.ts";

const [first, second, lent] = ["+15550001111", "+15550002222", "+15550009999"];
const target = "+15552223333";

let opened: TestStore;
let sid: string;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());
beforeEach(async () => {
  sid = await signedIn(opened.store);
});

function page(query: ChatQuery = {}) {
  const { store } = opened;
  const models = {
    conversations: new Conversations(store),
    numbers: {
      list: (accountSid: string) => store.numbers.list(accountSid),
      areMissing: () => false,
    } as unknown as Numbers,
    history: { progress: (accountSid: string) => store.syncs.find(accountSid) } as unknown as History,
    searches: new Searches(store),
    webhookRefusals: new WebhookRefusals(store, {} as never),
  };
  return chatPage(models, sid, query);
}
const own = (...numbers: string[]) => opened.store.numbers.replaceAll(sid, numbers.map(ownedNumber));
const hear = (twilioNumber: string, minutes = 0) =>
  opened.store.messages.take(
    sid,
    [inbound({ twilioNumber, target, at: new Date(1e12 + minutes * 60_000) })],
    "webhook",
  );

test("without a number the chat is that of the newest conversation, if the number is still one's own", async () => {
  await own(first, second);
  expect((await page()).twilioNumber).toBe(first);
  await hear(second);
  expect((await page()).twilioNumber).toBe(second);
  await hear(lent, 1);
  expect((await page()).twilioNumber).toBe(first);
});

test("an account without numbers sees the conversations that it has, and one without those an empty chat", async () => {
  expect(await page()).toMatchObject({ twilioNumber: "", conversations: [], thread: undefined, target: "" });
  await hear(lent);
  expect((await page()).twilioNumber).toBe(lent);
});

test("numbers with conversations that are not one's own stand beside those that are, a hundred at most", async () => {
  await own(first);
  await hear(first);
  await hear(lent);
  expect(await page()).toMatchObject({
    otherSenders: [lent],
    unread: new Map([
      [first, 1],
      [lent, 1],
    ]),
  });
  const many = Array.from({ length: 100 }, (_, index) =>
    inbound({ twilioNumber: `+1555111${1_000 + index}`, target }),
  );
  await opened.store.messages.take(sid, many, "webhook");
  expect((await page()).otherSenders).toHaveLength(100);
});

test("a narrow screen shows the list first, the thread of whoever was chosen, or what was asked for", async () => {
  await own(first);
  await hear(first);
  expect((await page()).pane).toBe("targets");
  expect((await page({ twilioNumber: first, target })).pane).toBe("chat");
  expect((await page({ twilioNumber: first, target, pane: "numbers" })).pane).toBe("numbers");
});

test("somebody who is no target has neither thread nor target on the page", async () => {
  await own(first);
  const shown = await page({ twilioNumber: first, target: "+15550000000" });
  expect([shown.thread, shown.target]).toEqual([undefined, ""]);
  await expect(page({ twilioNumber: lent, target })).rejects.toThrow(NotFound);
});

test("each page has a form of its own, and says whether its list goes on from before", async () => {
  const [one, other] = [await page(), await page({ after: { target, lastAt: null } })];
  expect(one.formId).not.toBe(other.formId);
  expect([one.isContinued, other.isContinued]).toEqual([false, true]);
  expect(one.newTarget).toEqual({ open: false, phoneNumber: "", name: "" });
});
