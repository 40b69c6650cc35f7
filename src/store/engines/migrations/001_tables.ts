import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

export const up: Up = (db, words) => runAll(db, tables(words));

function tables({ text, growingId }: ColumnWords): string[] {
  const account = `account_sid ${text} not null references accounts (sid) on delete cascade`;
  const pair = `twilio_number ${text} not null, target ${text} not null`;
  return [
    `create table accounts (sid ${text} primary key, friendly_name text not null, type text not null,
      status text not null, sealed_token text not null)`,
    `create table numbers (${account}, sid ${text} not null, phone_number ${text} not null,
      friendly_name text not null, voice integer not null, sms integer not null, mms integer not null,
      sms_url text not null, created_at bigint not null, updated_at bigint not null,
      primary key (account_sid, sid))`,
    `create table targets (${account}, phone_number ${text} not null, name text, folded_name text,
      active_at bigint not null, primary key (account_sid, phone_number))`,
    `create table conversations (${account}, ${pair}, last_body text, last_direction text,
      last_num_media integer, last_at bigint, unread integer not null default 0, opted_out_at bigint,
      opt_changed_at bigint, complete integer not null default 0,
      primary key (account_sid, twilio_number, target))`,
    `create table messages (${account}, id ${text} not null, sid ${text}, ${pair}, direction text not null,
      body text not null, status text not null, status_rank integer not null, error_code integer,
      error_message text, num_media integer not null, at bigint not null, touched_at bigint not null,
      primary key (account_sid, id), unique (account_sid, sid))`,
    `create table syncs (${account}, state text not null, next_page text, count integer not null,
      oldest_at bigint, seen_until bigint, swept_at bigint, webhook_at bigint, primary key (account_sid))`,
    // Without a reference: the event that tells of an account's sign-out outlives the account.
    `create table events (id ${growingId}, account_sid ${text} not null, change text not null,
      at bigint not null)`,
    `create table leases (name ${text} primary key, holder text not null, expires_at bigint not null)`,
    `create table sessions (hashed_id ${text} primary key, sealed_data text not null,
      account_sid ${text} references accounts (sid) on delete cascade, expires_at bigint not null)`,
  ];
}
