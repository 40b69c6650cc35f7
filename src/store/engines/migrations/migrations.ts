import { readdirSync } from "node:fs";
import type { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { StoreTooNew } from "../../../models/errors.ts";
import type { ColumnWords, Engine } from "../engine.ts";

/** What each numbered file beside this one exports; frozen once it has shipped. */
export type Up = (db: Kysely<unknown>, words: ColumnWords) => Promise<void>;

/** Brings the database up to date. Kysely lets instances that start together wait for one another. */
export async function migrate({ db, words, oweScrub }: Engine): Promise<void> {
  const names = readdirSync(import.meta.dirname).filter((name) => /^\d{3}_\w+\.ts$/.test(name));
  const migrations = Object.fromEntries(await Promise.all(names.map((name) => load(name, words))));
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest();
  if (error instanceof Error) throw wasNewer(error) ? new StoreTooNew({ cause: error }) : error;
  // Tables that were written anew leave the space of the old ones behind.
  if (results.length < names.length && results.length > 0) await db.transaction().execute(oweScrub);
}

// Kysely says so by this sentence alone.
function wasNewer(error: Error): boolean {
  return /previously executed migration .* is missing/.test(error.message);
}

async function load(name: string, words: ColumnWords): Promise<[string, Migration]> {
  const { up } = (await import(new URL(name, import.meta.url).href)) as { up: Up };
  return [name.replace(/\.ts$/, ""), { up: (db: Kysely<unknown>) => up(db, words) }];
}
