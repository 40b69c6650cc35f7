import { afterEach, beforeEach, expect, test } from "vitest";
import { viewsDir } from "../../src/dependencies.ts";
import { viewHelpers } from "../../src/helpers/index.ts";
import { Fragments } from "../../src/live/fragments.ts";
import { Hub } from "../../src/live/hub.ts";
import { openTestStore, signedIn, type TestStore } from "../support/stores.ts";

let opened: TestStore;
let accountSid: string;
let hub: Hub;
let faults: unknown[];
beforeEach(async () => {
  opened = await openTestStore();
  accountSid = await signedIn(opened.store);
  faults = [];
  const viewLocals = { ...viewHelpers, hasPublicUrl: true, clockAheadMs: () => 0 };
  const fragments = new Fragments(opened.store, { viewsDir, viewLocals, cacheViews: true });
  hub = new Hub(opened.store.events, fragments, (error) => faults.push(error));
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
const cursor = () => opened.store.events.cursor();

test("an account is watched from its first page to its last", async () => {
  const watchers: string[] = [];
  hub.onWatch((sid) => watchers.push(sid));
  const close = [await hub.open(accountSid, 0, page().sink), await hub.open(accountSid, 0, page().sink)];
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
  for (const { sink } of [one, two]) await hub.open(accountSid, now, sink);
  await hub.open(other, now, stranger.sink);
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
  await hub.open(accountSid, before, back.sink);
  expect(back.text()).toBe(
    `id: ${await cursor()}\ndata: <turbo-stream action="renew" target=""><template></template></turbo-stream>\n\n`,
  );
});

test("signing out leads every page away and ends its stream", async () => {
  const open = page();
  await hub.open(accountSid, await cursor(), open.sink);
  await announce("signedOut");
  await open.until(open.hasEnded);
  expect(open.text()).toContain("leave");
  expect(hub.watched()).toEqual([]);
});

test("closing ends every stream", async () => {
  const open = page();
  await hub.open(accountSid, 0, open.sink);
  hub.close();
  expect(open.hasEnded()).toBe(true);
  expect(faults).toEqual([]);
});
