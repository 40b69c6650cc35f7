import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { migrations } from "../../../src/store/engines/migrations/migrations.ts";
import { openStore } from "../../../src/store/store.ts";

const folder = join(import.meta.dirname, "../../../src/store/engines/migrations");

test("every numbered migration of the folder stands in the list under its own name, and nothing else", async () => {
  const files = readdirSync(folder).filter((file) => /^\d/.test(file));
  expect(Object.keys(migrations).map((name) => `${name}.ts`)).toEqual(files.sort());
  for (const [name, up] of Object.entries(migrations))
    expect(await import(join(folder, `${name}.ts`)), name).toHaveProperty("up", up);
});

test("a migration that fails leaves a SQLite database as it was", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-migrations-"));
  const database = new SQLite(join(dataDir, "parley.db"));
  database.exec("create table webhook_refusals (in_the_way integer)");
  await expect(openStore({ dataDir, secret: "of the tests" })).rejects.toThrow();
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  expect(tables).not.toContain("messages");
  database.close();
  rmSync(dataDir, { recursive: true });
});
