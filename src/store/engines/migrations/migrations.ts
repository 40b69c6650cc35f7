import type { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { StoreTooNew } from "../../../models/errors.ts";
import type { Engine } from "../engine.ts";
import type { Up } from "./migration.ts";
import { up as tables } from "./001_tables.ts";
import { up as indexes } from "./002_indexes.ts";
import { up as intake } from "./003_intake.ts";
import { up as looks } from "./004_looks.ts";
import { up as sessions } from "./005_sessions.ts";
import { up as limits } from "./006_limits.ts";
import { up as refusals } from "./007_refusals.ts";
import { up as leaving } from "./008_leaving.ts";
import { up as unread } from "./009_unread.ts";
import { up as keys } from "./010_keys.ts";
import { up as lists } from "./013_lists.ts";
import { up as search } from "./011_search.ts";
import { up as media } from "./012_media.ts";

/** Every numbered file beside this one, under its name. */
export const migrations: Record<string, Up> = {
  "001_tables": tables,
  "002_indexes": indexes,
  "003_intake": intake,
  "004_looks": looks,
  "005_sessions": sessions,
  "006_limits": limits,
  "007_refusals": refusals,
  "008_leaving": leaving,
  "009_unread": unread,
  "010_keys": keys,
  "011_search": search,
  "012_media": media,
  "013_lists": lists,
};

/** Brings the database up to date. Kysely lets instances that start together wait for one another. */
export async function migrate({ db, words, oweScrub }: Engine): Promise<void> {
  const steps = Object.entries(migrations).map(([name, up]): [string, Migration] => [
    name,
    { up: (db: Kysely<unknown>) => up(db, words) },
  ]);
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(steps)) };
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest();
  if (error instanceof Error) throw wasNewer(error) ? new StoreTooNew({ cause: error }) : error;
  // Tables that were written anew leave the space of the old ones behind.
  if (results.length < steps.length && results.length > 0) await db.transaction().execute(oweScrub);
}

// Kysely says so by this sentence alone.
function wasNewer(error: Error): boolean {
  return /previously executed migration .* is missing/.test(error.message);
}
