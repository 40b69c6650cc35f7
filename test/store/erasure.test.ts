import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotFound, StoreUnavailable } from "../../src/models/errors.ts";
import type { TwilioMessage } from "../../src/models/types.ts";
import { openStore, type ParleyStore } from "../../src/store/store.ts";
import {
  account,
  engines,
  openTestStore,
  query,
  signedIn,
  twilioMessage,
  type TestStore,
} from "../support/stores.ts";

const history = { source: "log", unread: true, announce: true } as const;

// Words that appear in nothing else, so that a single leftover byte sequence is found.
const own = {
  body: "quixotry",
  name: "Zebulon",
  number: "+1777",
  friendly: "Umbrella",
  token: "tok-jabberwock",
};
const mine = "AC" + "5".repeat(31) + "1";
const theirs = "AC" + "5".repeat(31) + "2";

/** Few enough to be quick, enough to split pages; every ninth text is too long for one page of its own. */
function texts(body: string, prefix: string, part: number): TwilioMessage[] {
  return Array.from({ length: 25 }, (_, index) =>
    twilioMessage({
      twilioNumber: `${prefix}0000000`,
      target: `${prefix}${1_000_000 + (((part * 25 + index) * 7_919) % 700)}`,
      body: index % 9 === 0 ? `${body} `.repeat(200).slice(0, 1600) : `${body} ${part} ${index}`,
      at: new Date(1.7e12 + ((part * 104_729 + index * 977) % 100_000)),
    }),
  );
}

async function fill(store: ParleyStore): Promise<void> {
  await store.accounts.save({ ...account(mine), friendlyName: own.friendly }, own.token);
  await store.accounts.save(account(theirs), "their token");
  // Turn by turn, so that both accounts' rows share pages when these are split.
  for (let part = 0; part < 80; part += 1) {
    await store.messages.record(mine, texts(own.body, own.number, part), history);
    await store.messages.record(theirs, texts("keepsake", "+1888", part), history);
  }
  const pair = { twilioNumber: `${own.number}0000000`, target: `${own.number}1000000` };
  await store.targets.add(mine, pair, own.name);
  await store.messages.addPending(mine, { ...pair, id: "form", body: own.body, at: new Date() });
  await store.syncs.update(mine, { nextPage: `/Messages.json?To=${own.number}1000000` });
  await store.numbers.replaceAll(mine, [number(pair.twilioNumber)]);
  const cookie = { originalMaxAge: 60_000, expires: new Date(Date.now() + 60_000) };
  await new Promise((resolve) =>
    store.sessions.set("cookie", { cookie, accountSid: mine } as never, resolve),
  );
}

function number(phoneNumber: string) {
  const day = new Date(1.7e12);
  const facts = { friendlyName: own.friendly, voice: true, sms: true, mms: false, smsUrl: "" };
  return { sid: "PN1", phoneNumber, ...facts, createdAt: day, updatedAt: day };
}

for (const engine of engines)
  describe(`signing out on ${engine}`, () => {
    let opened: TestStore;
    let store: ParleyStore;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());

    async function leftovers(): Promise<string[]> {
      return engine === "sqlite"
        ? inFiles(opened.options.dataDir)
        : inTables(opened.options.databaseUrl ?? "");
    }

    test("leaves nothing of the account and everything of the others", async () => {
      await fill(store);
      expect(new Set(await leftovers())).toEqual(new Set([own.body, own.name, own.number, own.friendly]));

      await store.accounts.erase(mine);

      expect(await leftovers()).toEqual([]);
      expect(await store.accounts.find(mine)).toBeUndefined();
      expect(await store.accounts.authToken(mine)).toBeUndefined();
      expect(
        await new Promise((resolve) => store.sessions.get("cookie", (_, data) => resolve(data))),
      ).toBeNull();
      const events = await store.events.since(mine, (await store.events.cursor()) - 1);
      expect(events?.map(({ change }) => change)).toEqual([{ kind: "signedOut" }]);
      const kept = await store.messages.between(theirs, new Date(0), new Date());
      expect(kept).toHaveLength(2_000);
      expect(await store.conversations.list(theirs, "+18880000000", { limit: 1_000 })).toHaveLength(700);
    });

    test("keeps what comes late for the account from being stored", async () => {
      const sid = await signedIn(store);
      const pair = { twilioNumber: "+15550001111", target: "+15552223333" };
      await store.accounts.erase(sid);
      await store.accounts.erase(sid);
      const late = [
        store.messages.record(sid, [twilioMessage()], history),
        store.messages.addPending(sid, { ...pair, id: "form", body: "Hi", at: new Date() }),
        store.targets.add(sid, pair, "Ann"),
        store.syncs.update(sid, { count: 1 }),
      ];
      for (const call of late) await expect(call).rejects.toBeInstanceOf(NotFound);
      expect(await store.messages.thread(sid, pair, { limit: 1 })).toEqual([]);
    });

    test("while texts arrive stores none of them afterwards", async () => {
      const sid = await signedIn(store);
      const arriving = Array.from({ length: 20 }, () =>
        store.messages.record(sid, [twilioMessage()], history),
      );
      await Promise.allSettled([...arriving, store.accounts.erase(sid)]);
      expect(await store.messages.between(sid, new Date(0), new Date(8e12))).toEqual([]);
    });
  });

test("a crash between sign-out and clean-up leaves nothing either, once Parley is started again", async () => {
  const opened = await openTestStore("sqlite");
  await fill(opened.store);
  // A reader in another process keeps the log from being cut.
  const reader = new SQLite(join(opened.options.dataDir, "parley.db"), { readonly: true });
  reader.exec("begin; select count(*) from messages");
  reader.prepare("select count(*) from messages").get();
  await expect(opened.store.accounts.erase(mine)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await inFiles(opened.options.dataDir)).not.toEqual([]);
  reader.close();
  const again = await openStore(opened.options);
  expect(await inFiles(opened.options.dataDir)).toEqual([]);
  await again.close();
  await opened.close();
});

async function inFiles(dataDir: string): Promise<string[]> {
  const files = await readdir(dataDir);
  const contents = await Promise.all(files.map((file) => readFile(join(dataDir, file))));
  return contents.flatMap((bytes) => Object.values(own).filter((word) => bytes.includes(word)));
}

async function inTables(databaseUrl: string): Promise<string[]> {
  const tables = await query(
    databaseUrl,
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const rows = await Promise.all(
    tables.map(({ name }) => query(databaseUrl, `select * from ${String(name)}`)),
  );
  const text = JSON.stringify(rows);
  return Object.values(own).filter((word) => text.includes(word));
}
