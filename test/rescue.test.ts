import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreDamaged } from "../src/models/errors.ts";
import { rescueCopies } from "../src/rescue.ts";
import { openStore } from "../src/store/store.ts";
import { openTestStore, signedIn, type TestStore } from "./support/stores.ts";

const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

let opened: TestStore;
let file: string;
beforeEach(async () => {
  opened = await openTestStore();
  file = join(opened.options.dataDir, "parley.db");
});
afterEach(() => opened.close());

test("names are saved out of a database that is damaged elsewhere, for each account that has any", async () => {
  const [sid] = [await signedIn(opened.store), await signedIn(opened.store)];
  await opened.store.targets.add(sid, pair, "Zoë");
  await opened.store.close();
  damage("kysely_migration");
  await expect(openStore(opened.options)).rejects.toBeInstanceOf(StoreDamaged);
  const copies = await rescueCopies(opened.options.dataDir);
  expect(copies).toEqual([join(opened.options.dataDir, `copy-${sid}.json`)]);
  expect(JSON.parse(readFileSync(copies[0] ?? "", "utf8"))).toMatchObject({
    format: "parley-copy",
    account: { sid },
    names: [{ person: pair.target, name: "Zoë" }],
  });
  await restart();
});

test("of an account that was logged out nothing is saved, and a logout deletes what was", async () => {
  const { store, options } = opened;
  const [leaving, staying] = [await signedIn(store), await signedIn(store)];
  for (const sid of [leaving, staying]) await store.targets.add(sid, pair, "Zoë");
  new SQLite(file).exec(`update accounts set leaving = 1 where sid = '${leaving}'`).close();
  const [copy = ""] = await rescueCopies(options.dataDir);
  expect(copy).toContain(staying);
  expect(existsSync(copy.replace(staying, leaving))).toBe(false);
  await store.accounts.erase(staying);
  expect(existsSync(copy)).toBe(false);
});

test("where nothing can be read, nothing is saved", async () => {
  await opened.store.targets.add(await signedIn(opened.store), pair, "Zoë");
  await opened.store.close();
  damage("people");
  expect(await rescueCopies(opened.options.dataDir)).toEqual([]);
  writeFileSync(file, "no database at all");
  await expect(rescueCopies(opened.options.dataDir)).rejects.toBeInstanceOf(StoreDamaged);
  await restart();
});

/** Noise instead of the first page of this table. */
function damage(table: string): void {
  const database = new SQLite(file);
  const size = database.pragma("page_size", { simple: true }) as number;
  const { rootpage } = database.prepare("select rootpage from sqlite_master where name = ?").get(table) as {
    rootpage: number;
  };
  database.close();
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(size, 0x5a), 0, size, (rootpage - 1) * size);
  closeSync(handle);
}

async function restart(): Promise<void> {
  writeFileSync(file, "");
  opened.store = await openStore(opened.options);
}
