import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreDamaged, StoreTooNew, StoreUnavailable } from "../../../src/models/errors.ts";
import { openStore } from "../../../src/store/store.ts";
import { openTestStore, query, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
let file: string;
beforeEach(async () => {
  opened = await openTestStore();
  file = join(opened.options.dataDir, "parley.db");
});
afterEach(() => opened.close());

test("a file that is no database, or one of noise, is said to be damaged, with the way out", async () => {
  await opened.store.close();
  const whole = readFileSync(file);
  writeFileSync(file, "This is no database, whatever its name says. ".repeat(100));
  await expect(openStore(opened.options)).rejects.toBeInstanceOf(StoreDamaged);
  for (const name of [`${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  writeFileSync(file, whole.fill(0x5a, 4_096, whole.length));
  await expect(openStore(opened.options)).rejects.toMatchObject({
    name: "StoreDamaged",
    message: expect.stringContaining("move the file away") as string,
  });
  rmSync(file);
  opened.store = await openStore(opened.options);
});

test("damage that shows later is said as such, and what cannot be cleaned up keeps nothing from starting", async () => {
  const sid = await signedIn(opened.store);
  const many = Array.from({ length: 500 }, () => twilioMessage({ body: "x".repeat(500) }));
  await opened.store.messages.take(sid, many, "history");
  await opened.store.close();
  const page = 4_096;
  const pages = readFileSync(file).length / page;
  const handle = openSync(file, "r+");
  for (let number = Math.floor(pages / 2); number < pages; number += 1)
    writeSync(handle, Buffer.alloc(page, 0x5a), 0, page, number * page);
  closeSync(handle);
  // As after a logout.
  new SQLite(file).exec("pragma user_version = 1").close();
  const told: unknown[] = [];
  opened.store = await openStore({ ...opened.options, onError: (error) => told.push(error) });
  expect(told).toEqual([expect.any(StoreUnavailable)]);
  await expect(opened.store.messages.between(sid, new Date(0), new Date(8e12))).rejects.toBeInstanceOf(
    StoreDamaged,
  );
});

test.each(["sqlite", "postgres"] as const)(
  "a database of a newer Parley is said to be one (%s)",
  async (engine) => {
    const newer = await openTestStore(engine);
    const text = "insert into kysely_migration (name, timestamp) values ('999_later', '2100-01-01')";
    if (newer.options.databaseUrl) await query(newer.options.databaseUrl, text);
    else new SQLite(join(newer.options.dataDir, "parley.db")).exec(text).close();
    await expect(openStore(newer.options)).rejects.toBeInstanceOf(StoreTooNew);
    await newer.close();
  },
);

test("a file that is taken away while Parley runs is noticed, and nothing is acknowledged into it", async () => {
  const sid = await signedIn(opened.store);
  renameSync(file, `${file}.away`);
  const take = () => opened.store.messages.take(sid, [twilioMessage()], "webhook").then(() => "taken");
  await expect
    .poll(() => take().catch((error: unknown) => error), { timeout: 5_000 })
    .toBeInstanceOf(StoreUnavailable);
  renameSync(`${file}.away`, file);
  await expect.poll(() => take().catch(() => "refused"), { timeout: 5_000 }).toBe("taken");
});

test("two processes on one file tell each other what they changed", async () => {
  const sid = await signedIn(opened.store);
  const other = await openStore(opened.options);
  const heard = new Promise((resolve) => other.events.listen(resolve));
  await opened.store.events.announce(sid, { kind: "refresh" });
  expect(await heard).toMatchObject([{ accountSid: sid, change: { kind: "refresh" } }]);
  await other.close();
});
