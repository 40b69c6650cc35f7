import { afterEach, beforeEach, expect, test } from "vitest";
import { viewsDir } from "../../src/dependencies.ts";
import { loadTemplates } from "../../src/templates.ts";
import { viewHelpers } from "../../src/helpers/index.ts";
import { Fragments } from "../../src/live/fragments.ts";
import { Hub } from "../../src/live/hub.ts";
import { explain } from "../../src/twilio/errorCatalogue.ts";
import { inbound } from "../support/messages.ts";
import { openTestStore, signedIn, type TestStore } from "../support/stores.ts";

let opened: TestStore;
let accountSid: string;
let hub: Hub;
let faults: unknown[];
/** Every view that was drawn, in order. */
let drawn: string[];
beforeEach(async () => {
  opened = await openTestStore();
  accountSid = await signedIn(opened.store);
  [faults, drawn] = [[], []];
  const viewLocals = { ...viewHelpers, explain, hasPublicUrl: true, clockAheadMs: () => 0 };
  const templates = loadTemplates(viewsDir);
  const render = (view: string, locals: object) => {
    drawn.push(view);
    return templates(view, locals);
  };
  const fragments = new Fragments(opened.store, { render, viewLocals });
  hub = new Hub(opened.store, fragments, { onError: (error) => faults.push(error) });
});
afterEach(async () => {
  hub.close();
  await opened.close();
});

/** One open page: what it hears, and when it has ended. */
function page() {
  const heard: string[] = [];
  let wake = () => undefined as void;
  let ended = false;
  const sink = {
    write: (text: string) => {
      heard.push(text);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
  };
  const changed = () => new Promise<void>((resolve) => (wake = resolve));
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await changed();
  }
  return { sink, text: () => heard.join(""), hasEnded: () => ended, until };
}

const announce = (kind: "refresh" | "signedOut", sid = accountSid) =>
  opened.store.events.announce(sid, { kind });
const open = (after: number, { sink }: ReturnType<typeof page>, sessionId = "here") =>
  hub.open({ accountSid, sessionId }, after, sink);
const cursor = () => opened.store.events.cursor();

test("an account is watched from its first page to its last", async () => {
  const watchers: string[] = [];
  hub.onWatch((sid) => watchers.push(sid));
  const close = [await open(0, page()), await open(0, page())];
  expect([hub.watched(), watchers]).toEqual([[accountSid], [accountSid]]);
  close[0]?.();
  expect(hub.watched()).toEqual([accountSid]);
  close[1]?.();
  expect(hub.watched()).toEqual([]);
});

test("every page of the account hears of a change, and no page of another", async () => {
  const other = await signedIn(opened.store);
  const [one, two, stranger] = [page(), page(), page()];
  const now = await cursor();
  for (const each of [one, two]) await open(now, each);
  await hub.open({ accountSid: other, sessionId: "other" }, now, stranger.sink);
  await announce("refresh");
  for (const { until, text } of [one, two]) await until(() => text().includes("renew"));
  await announce("signedOut", other);
  await stranger.until(stranger.hasEnded);
  expect(stranger.text()).not.toContain("renew");
});

test("a page that comes back hears first what it missed", async () => {
  const before = await cursor();
  await announce("refresh");
  const back = page();
  await open(before, back);
  expect(back.text()).toBe(
    `id: ${await cursor()}\ndata: <turbo-stream action="renew" target=""><template></template></turbo-stream>\n\n`,
  );
});

test("signing out leads every page away and ends its stream", async () => {
  const shown = page();
  await open(await cursor(), shown);
  await announce("signedOut");
  await shown.until(shown.hasEnded);
  expect(shown.text()).toContain("leave");
  expect(hub.watched()).toEqual([]);
});

test("closing ends every stream", async () => {
  const shown = page();
  await open(0, shown);
  hub.close();
  expect(shown.hasEnded()).toBe(true);
  expect(faults).toEqual([]);
});

test("a session that ends takes its own pages to the sign-in, and no other's", async () => {
  const [leaving, staying] = [page(), page()];
  await open(await cursor(), leaving, "leaving");
  await open(await cursor(), staying, "staying");
  await opened.store.events.announce(accountSid, { kind: "sessionsEnded", sessionIds: ["leaving"] });
  await leaving.until(leaving.hasEnded);
  expect(leaving.text()).toContain("signIn");
  await announce("refresh");
  await staying.until(() => staying.text().includes("renew"));
  expect([staying.hasEnded(), staying.text().includes("signIn")]).toEqual([false, false]);
});

test("a session has twenty streams at most, and an account two hundred; the oldest ends", async () => {
  const now = await cursor();
  const own = Array.from({ length: 21 }, page);
  for (const each of own) await open(now, each, "one");
  expect(own.map(({ hasEnded }) => hasEnded())).toEqual([true, ...Array<boolean>(20).fill(false)]);
  expect(own[0]?.text()).toContain("event: dismissed");
  const others = Array.from({ length: 181 }, page);
  for (const [index, each] of others.entries()) await open(now, each, `other ${index % 100}`);
  expect(own.filter(({ hasEnded }) => !hasEnded())).toHaveLength(19);
  expect(hub.count()).toBe(200);
});

test("a text is drawn once, however many pages are open", async () => {
  const pages = Array.from({ length: 20 }, page);
  const now = await cursor();
  for (const [index, each] of pages.entries()) await open(now, each, `session ${index}`);
  await opened.store.messages.take(accountSid, [inbound({ body: "To all of you" })], "webhook");
  for (const { until, text } of pages) await until(() => text().includes("To all of you"));
  expect(drawn.toSorted()).toEqual([
    "chat/conversations/_conversation",
    "chat/messages/_composer",
    "chat/messages/_message",
    "numbers/_unread",
  ]);
});

test("what many pages missed is drawn once for all of them", async () => {
  const before = await cursor();
  await announce("refresh");
  const missed = await Promise.all(Array.from({ length: 50 }, () => hub.replay(accountSid, before)));
  expect(new Set(missed).size).toBe(1);
  await announce("refresh");
  expect((await hub.replay(accountSid, before)).cursor).toBeGreaterThan(missed[0]?.cursor ?? 0);
});
