import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import type { Engine } from "../engine.ts";
import { tables } from "./001_tables.ts";
import { indexes } from "./002_indexes.ts";
import { intake } from "./003_intake.ts";
import { looks } from "./004_looks.ts";

/** Brings the database up to date. Kysely lets instances that start together wait for one another. */
export async function migrate({ db, words }: Engine): Promise<void> {
  const migrations: Record<string, Migration> = {
    "001_tables": statements(tables(words)),
    "002_indexes": statements(indexes),
    "004_looks": statements(looks),
    "003_intake": { up: (db: Kysely<unknown>) => intake(db, words) },
  };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error instanceof Error) throw error;
}

function statements(texts: string[]): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      for (const text of texts) await sql.raw(text).execute(db);
    },
  };
}
