import { afterAll, beforeAll, expect, test } from "vitest";
import { viewsDir } from "../../src/dependencies.ts";
import { loadTemplates } from "../../src/templates.ts";
import { viewHelpers } from "../../src/helpers/index.ts";
import { Fragments } from "../../src/live/fragments.ts";
import type { Change } from "../../src/models/types.ts";
import { explain } from "../../src/twilio/errorCatalogue.ts";
import { inbound, pair } from "../support/messages.ts";
import { openTestStore, signedIn, type TestStore } from "../support/stores.ts";

let opened: TestStore;
let accountSid: string;
let fragments: Fragments;
beforeAll(async () => {
  opened = await openTestStore();
  accountSid = await signedIn(opened.store);
  const viewLocals = {
    ...viewHelpers,
    explain,
    hasPublicUrl: true,
    isDiskFull: () => false,
    clockAheadMs: () => 0,
    isSilent: () => false,
  };
  fragments = new Fragments(opened.store, { render: loadTemplates(viewsDir), viewLocals });
});
afterAll(() => opened.close());

const draw = (...changes: Change[]) =>
  fragments.draw(
    accountSid,
    changes.map((change, index) => ({ id: index + 1, accountSid, change })),
  );
const actions = (html: string) =>
  [...html.matchAll(/<turbo-stream action="(\w+)"/g)].map(([, action]) => action);
const sync = { kind: "sync" } as const;

async function received(body: string): Promise<Change> {
  const [taken] = await opened.store.messages.take(accountSid, [inbound({ body })], "webhook");
  return { kind: "received", messageId: taken?.message?.id ?? "" };
}

test("a text that came draws its bubble, its conversation, the composer and the unread count", async () => {
  const html = await draw(await received("<b>Hi</b> & welcome"));
  expect(actions(html)).toEqual(["place", "swap", "place", "replace"]);
  expect(html).toContain('<div class="bubble">&lt;b&gt;Hi&lt;/b&gt; &amp; welcome</div>');
});

test("each thing is drawn once, as it is now, however often it changed", async () => {
  const change = await received("Once");
  const html = await draw(change, change, { ...change, kind: "changed" } as Change, {
    kind: "conversation",
    ...pair,
  });
  expect(html.match(/class="bubble"/g)).toHaveLength(1);
  expect(html.match(/class="person"/g)).toHaveLength(1);
});

test("a message that is gone by now is not drawn; one that was removed goes", async () => {
  expect(await draw({ kind: "changed", messageId: "nothing" })).toBe("");
  const html = await draw({ kind: "messageRemoved", messageId: "SM+1" });
  expect(html).toBe(
    '<turbo-stream action="remove" target="message_SM_43_1"><template></template></turbo-stream>',
  );
});

test("only a page of an account draws its messages", async () => {
  const change = await received("Ours");
  const other = await signedIn(opened.store);
  expect(await fragments.draw(other, [{ id: 1, accountSid: other, change }])).toBe("");
});

test("what concerns the whole page is one refresh, and a sign-out comes before everything", async () => {
  const change = await received("Too late");
  expect(actions(await draw(change, { kind: "numbers" }))).toEqual(["renew"]);
  expect(actions(await draw(change, { kind: "refresh" }, sync))).toEqual(["renew"]);
  expect(actions(await draw({ kind: "refresh" }, change, { kind: "signedOut" }))).toEqual(["leave"]);
});

test("sixty changes are drawn, more are one refresh", async () => {
  const many = Array.from({ length: 60 }, () => sync);
  expect(actions(await draw(...many))).toEqual(["replace"]);
  expect(actions(await draw(...many, sync))).toEqual(["renew"]);
  expect(actions(await draw(...many, { kind: "signedOut" }))).toEqual(["leave"]);
});

test("the unread count of a number is told as it is now, to the number that it changed on and no other", async () => {
  const sid = await signedIn(opened.store);
  const [here, there] = ["+15550001111", "+15550002222"];
  const told = [
    inbound({ twilioNumber: here }),
    inbound({ twilioNumber: here }),
    inbound({ twilioNumber: there }),
  ];
  const taken = await opened.store.messages.take(sid, told, "webhook");
  const counts = async (change: Change) => {
    const html = await fragments.draw(sid, [{ id: 1, accountSid: sid, change }]);
    const drawn = html.matchAll(
      /action="replace" target="unread__43_(\d+)">.*?<span class="count[^>]*>([^<]*)</gs,
    );
    return [...drawn].map(([, number, count]) => [`+${number}`, count]);
  };
  const first: Change = { kind: "received", messageId: taken[0]?.message?.id ?? "" };
  expect(await counts(first)).toEqual([[here, "2"]]);
  expect(await counts({ kind: "conversation", twilioNumber: there, target: pair.target })).toEqual([
    [there, "1"],
  ]);
  await opened.store.conversations.markRead(sid, { ...pair, twilioNumber: here });
  expect(await counts(first)).toEqual([]);
  expect(await fragments.draw(sid, [{ id: 1, accountSid: sid, change: first }])).toContain(
    'target="unread__43_15550001111"',
  );
});
