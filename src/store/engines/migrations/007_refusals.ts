import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Webhooks in an account's name whose signature did not fit. */
export const up: Up = (db, words) => runAll(db, tables(words));

function tables({ text, growingId }: ColumnWords): string[] {
  return [
    `create table webhook_refusals (id ${growingId}, account_sid ${text} not null references accounts (sid) on delete cascade,
      at bigint not null, reason text not null, expected_url text not null, signed_url text)`,
    "create index webhook_refusals_by_account on webhook_refusals (account_sid, id)",
  ];
}
