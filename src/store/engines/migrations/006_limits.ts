import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Counters of what is limited, as rate-limiter-flexible wants them. SQLite keeps them in a file of their own. */
export const up: Up = (db) => runAll(db, counters);

const counters = [
  "create table limits (key varchar(255) primary key, points integer not null default 0, expire bigint)",
  "create index limits_by_expiry on limits (expire)",
];
