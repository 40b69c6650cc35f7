import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Accounts that were logged out and are being erased, piece by piece. */
export const up: Up = (db) =>
  runAll(db, ["alter table accounts add column leaving integer not null default 0"]);
