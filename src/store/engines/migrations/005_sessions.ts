import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Several Auth Tokens of an account, sessions that end with the token they were made with, and when an account was last attended. */
const fortnightMs = 14 * 24 * 60 * 60_000;

export const up: Up = (db, words) => runAll(db, tables(words));

function tables({ text }: ColumnWords): string[] {
  return [
    `create table tokens (account_sid ${text} not null references accounts (sid) on delete cascade,
      id ${text} not null, sealed_token text not null, used_at bigint not null,
      primary key (account_sid, id))`,
    "insert into tokens (account_sid, id, sealed_token, used_at) select sid, 'first', sealed_token, 0 from accounts",
    "alter table accounts drop column sealed_token",
    "alter table accounts add column attended_until bigint not null default 0",
    // Nobody shall miss a text because of the update.
    `update accounts set attended_until = ${Date.now() + fortnightMs}`,
    "alter table sessions rename to former_sessions",
    `create table sessions (hashed_id ${text} primary key, account_sid ${text} not null, token_id ${text} not null,
      sealed_data text not null, created_at bigint not null, expires_at bigint not null,
      foreign key (account_sid, token_id) references tokens (account_sid, id) on delete cascade)`,
    // Those of version 0.1.0 rested for at most fourteen days, so this is as old as they can be.
    `insert into sessions select hashed_id, account_sid, 'first', sealed_data, expires_at - 1209600000, expires_at
      from former_sessions where account_sid is not null`,
    "drop table former_sessions",
    "create index sessions_by_token on sessions (account_sid, token_id)",
  ];
}
