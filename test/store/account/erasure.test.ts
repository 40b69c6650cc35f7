import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotFound } from "../../../src/models/errors.ts";
import type { TwilioMessage } from "../../../src/models/types.ts";
import { Accounts } from "../../../src/store/account/accounts.ts";
import { Erasures } from "../../../src/store/account/erasure.ts";
import { SessionRows } from "../../../src/store/account/sessionRows.ts";
import { Tokens } from "../../../src/store/account/tokens.ts";
import { Cipher } from "../../../src/store/cipher.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { Writer } from "../../../src/store/commits/writer.ts";
import {
  draft,
  account,
  engines,
  openTestStore,
  query,
  signedIn,
  twilioMessage,
  type TestStore,
} from "../../support/stores.ts";

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

/** Texts of every length, some too long for a page of the database, for conversations in no order. */
function texts(body: string, prefix: string, part: number): TwilioMessage[] {
  return Array.from({ length: 1 + ((part * 7) % 20) }, (_, index) => {
    const spread = part * 7_919 + index * 104_729;
    return twilioMessage({
      twilioNumber: `${prefix}0000000`,
      target: `${prefix}${1_000_000 + (spread % 400)}`,
      body: `${body} `.repeat(index % 9 === 8 ? 1 + (spread % 170) : 1 + (spread % 8)),
      at: new Date(1.7e12 + (spread % 1_000_000)),
    });
  });
}

async function fill(store: Store, parts: number): Promise<void> {
  const tokenId = await store.accounts.save({ ...account(mine), friendlyName: own.friendly }, own.token);
  await store.accounts.save(account(theirs), "their token");
  // Turn by turn, so that both accounts' rows share pages when these are split.
  for (let part = 0; part < parts; part += 1) {
    await Promise.all([
      store.messages.take(mine, texts(own.body, own.number, part), "history"),
      store.messages.take(theirs, texts("keepsake", "+1888", part), "history"),
    ]);
  }
  const pair = { twilioNumber: `${own.number}0000000`, target: `${own.number}1000000` };
  await store.targets.add(mine, pair, own.name);
  await store.messages.addPending(mine, draft({ ...pair, body: own.body }));
  await store.syncs.update(mine, { nextPage: `/Messages.json?To=${own.number}1000000` });
  await store.numbers.replaceAll(mine, [number(pair.twilioNumber)]);
  const cookie = { originalMaxAge: 60_000, expires: new Date(Date.now() + 60_000) };
  await new Promise((resolve) =>
    store.sessionStore().set("cookie", { cookie, accountSid: mine, tokenId, begins: true } as never, resolve),
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
    let store: Store;

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
      await fill(store, engine === "sqlite" ? 60 : 20);
      expect(new Set(await leftovers())).toEqual(new Set([own.body, own.name, own.number, own.friendly]));

      await store.accounts.erase(mine);

      await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
      expect(await store.accounts.find(mine)).toBeUndefined();
      expect(await store.accounts.tokens(mine)).toEqual([]);
      expect(
        await new Promise((resolve) => store.sessionStore().get("cookie", (_, data) => resolve(data))),
      ).toBeNull();
      const events = await store.events.since(mine, (await store.events.cursor()) - 1);
      expect(events?.map(({ change }) => change)).toEqual([{ kind: "signedOut" }]);
      const kept = await store.messages.between(theirs, new Date(0), new Date());
      expect(kept.length).toBeGreaterThan(100);
      expect(new Set(kept.map(({ body }) => body.split(" ")[0]))).toEqual(new Set(["keepsake"]));
    });

    test("keeps what comes late for the account from being stored", async () => {
      const sid = await signedIn(store);
      const pair = { twilioNumber: "+15550001111", target: "+15552223333" };
      await store.accounts.erase(sid);
      await store.accounts.erase(sid);
      const late = await Promise.allSettled([
        store.messages.take(sid, [twilioMessage()], "history"),
        store.messages.addPending(sid, draft(pair)),
        store.targets.add(sid, pair, "Ann"),
        store.syncs.update(sid, { count: 1 }),
      ]);
      for (const call of late) expect(call).toMatchObject({ reason: expect.any(NotFound) as NotFound });
      expect(await store.messages.thread(sid, pair, { limit: 1 })).toEqual([]);
    });

    test("while texts arrive stores none of them afterwards", async () => {
      const sid = await signedIn(store);
      const arriving = Array.from({ length: 20 }, () =>
        store.messages.take(sid, [twilioMessage()], "history"),
      );
      await Promise.allSettled([...arriving, store.accounts.erase(sid)]);
      expect(await store.messages.between(sid, new Date(0), new Date(8e12))).toEqual([]);
    });
  });

test("who signs in again while an erasure is not finished finds nothing of before", async () => {
  const opened = await openTestStore("sqlite");
  const accounts = accountsWhoseErasureStops(opened);
  const { store } = opened;
  await fill(store, 60);
  const left = () => store.messages.between(mine, new Date(0), new Date(8e12));
  await accounts.erase(mine);
  expect((await left()).length).toBeGreaterThan(100);
  expect(await store.accounts.find(mine)).toBeUndefined();
  await expect(store.messages.take(mine, [twilioMessage()], "webhook")).rejects.toBeInstanceOf(NotFound);
  await store.accounts.save(account(mine), own.token);
  expect(await left()).toEqual([]);
  expect(await store.people.count(mine)).toBe(0);
  await accounts.close();
  await opened.close();
});

test("an erasure needs little room on the disk, however much there is to erase", async () => {
  const opened = await openTestStore("sqlite");
  const { store, options } = opened;
  await fill(store, 60);
  const many = Array.from({ length: 20_000 }, (_, index) =>
    twilioMessage({ body: `${own.body} ${"x".repeat(500)} ${index}` }),
  );
  await store.messages.take(mine, many, "history");
  const size = (name: string) => stat(join(options.dataDir, name)).then(({ size: bytes }) => bytes);
  const log = new SQLite(join(options.dataDir, "parley.db"));
  log.pragma("wal_checkpoint(truncate)");
  log.close();
  const before = await size("parley.db");
  const accounts = accountsWhoseErasureStops(opened, { stops: false });
  await accounts.erase(mine);
  const file = new SQLite(join(options.dataDir, "parley.db"), { readonly: true });
  const left = file
    .prepare(
      "select count(*) from messages join account_keys on account_keys.key = account where account_sid = ?",
    )
    .pluck();
  await expect.poll(() => left.get(mine), { timeout: 15_000 }).toBe(0);
  file.close();
  expect(await size("parley.db-wal")).toBeLessThan(before / 2);
  await accounts.close();
  await opened.close();
});

test("a crash between sign-out and clean-up leaves nothing either, once Parley is started again", async () => {
  const opened = await openTestStore("sqlite");
  const { store, options } = opened;
  await fill(store, 60);
  const accounts = accountsWhoseErasureStops(opened);
  await accounts.erase(mine);
  expect(await inFiles(options.dataDir)).not.toEqual([]);

  const again = await openStore(options);
  expect(await inFiles(options.dataDir)).toEqual([]);
  await accounts.close();
  await again.close();
  await opened.close();
});

/** As in a process that ends soon after somebody has logged out: nothing is cleaned up, and what is erased in pieces stops after one. */
function accountsWhoseErasureStops({ options }: TestStore, { stops } = { stops: true }) {
  const engine = openSqlite(options.dataDir);
  const writer = new Writer(engine, { onEvents: () => undefined });
  const cipher = new Cipher(options.secret, "auth-token");
  const terms = { idleMs: 1, longestMs: 1 };
  const accounts = new Accounts(engine, writer, {
    tokens: new Tokens(engine, cipher),
    sessions: new SessionRows(engine, writer, { cipher, terms }),
    afterErasure: () => undefined,
    onError: () => undefined,
    forgetCopy: () => undefined,
    erasures: new Erasures(engine, { isStopped: () => stops }),
  });
  return { erase: (sid: string) => accounts.erase(sid), close: () => engine.close() };
}

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
