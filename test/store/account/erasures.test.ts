import { join } from "node:path";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { Erasures } from "../../../src/store/account/erasure.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import { openTestStore, signedIn, twilioMessage } from "../../support/stores.ts";

const messages = 2_000;

test("an erasure is done once, however many ask for it, and lets others through again and again", async () => {
  const opened = await openTestStore("sqlite");
  const sid = await signedIn(opened.store);
  const told = Array.from({ length: messages }, () => twilioMessage());
  await opened.store.messages.take(sid, told, "history");
  const file = new SQLite(join(opened.options.dataDir, "parley.db"));
  file.prepare("update accounts set leaving = 1 where sid = ?").run(sid);
  const engine = openSqlite(opened.options.dataDir);
  const erasures = new Erasures(engine);
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const [one, other] = [erasures.finish(sid), erasures.finish(sid)];
  expect(one).toBe(other);
  await one;
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(messages / 250);
  expect(file.prepare("select sid from accounts").all()).toEqual([]);
  file.close();
  await engine.close();
  await opened.close();
});
