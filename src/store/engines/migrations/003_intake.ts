import { sql, type Kysely } from "kysely";
import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Names belong to persons instead of addresses; what messages do to opt-outs, and who has them in hand, stands with them. */
export const up: Up = async (db, words) => {
  await runAll(db, [...tables(words), ...statuses, ...bodies, ...events, ...optOuts, ...indexes]);
  await namePersons(db);
  for (const column of ["name", "folded_name"])
    await sql.raw(`alter table targets drop column ${column}`).execute(db);
};

function tables({ text }: ColumnWords): string[] {
  const account = `account_sid ${text} not null references accounts (sid) on delete cascade`;
  return [
    `create table people (${account}, person ${text} not null, name text not null, folded_name text not null,
      primary key (account_sid, person))`,
    `create table waiting_callbacks (${account}, sid ${text} not null, told text not null, at bigint not null,
      primary key (account_sid, sid))`,
    `alter table targets add column person ${text} not null default ''`,
    `alter table targets add column channel ${text} not null default 'sms'`,
    "update targets set person = phone_number",
    "alter table conversations add column service_sid text",
    "alter table conversations drop column opt_changed_at",
    "alter table messages add column opt_out text",
    "alter table messages add column service_sid text",
    "alter table messages add column redacted integer not null default 0",
    `alter table messages add column holder ${text} not null default ''`,
  ];
}

// A sentence for people was the state of messages that the log did not have, and whether a pending one had been handed
// to Twilio was not noted.
const statuses = [
  `update messages set status = 'unconfirmed', error_message = null where sid is null and error_message =
    'Twilio never confirmed this message and does not have it in its log, so it was not sent.'`,
  "update messages set status = 'checking' where sid is null and status = 'pending'",
];

const trialPrefix = "Sent from your Twilio trial account - ";
const bodies = [
  `update messages set body = substr(body, ${trialPrefix.length + 1})
    where direction = 'outbound' and body like '${trialPrefix}%'`,
  `update conversations set last_body = substr(last_body, ${trialPrefix.length + 1})
    where last_direction = 'outbound' and last_body like '${trialPrefix}%'`,
];

// What a page that comes back after the update has missed.
const events = [`update events set change = replace(change, '"kind":"message",', '"kind":"changed",')`];

const optOuts = [
  `update messages set opt_out = 'stop' where direction = 'inbound' and upper(trim(body)) in
    ('STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT')`,
  `update messages set opt_out = 'start' where direction = 'inbound' and upper(trim(body)) in
    ('START', 'YES', 'UNSTOP') and not (upper(trim(body)) = 'YES' and substr(twilio_number, 1, 5) in
    ('+1800', '+1833', '+1844', '+1855', '+1866', '+1877', '+1888'))`,
  "update messages set opt_out = 'refused' where direction = 'outbound' and error_code = 21610",
];

const indexes = [
  "drop index messages_in_flight",
  "create index messages_open on messages (account_sid, at) where sid is null",
  "create index messages_opt_out on messages (account_sid, target) where opt_out is not null",
  "create index targets_by_person on targets (account_sid, person)",
];

async function namePersons(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ account_sid: string; phone_number: string }>`
    select account_sid, phone_number from targets where phone_number like '%:%'`.execute(db);
  for (const { account_sid, phone_number } of rows) {
    const [channel = "", ...rest] = phone_number.split(":");
    await sql`update targets set channel = ${channel.toLowerCase()}, person = ${rest.join(":")}
      where account_sid = ${account_sid} and phone_number = ${phone_number}`.execute(db);
  }
  await sql`insert into people (account_sid, person, name, folded_name)
    select account_sid, person, max(name), max(folded_name) from targets
    where name is not null and folded_name is not null group by account_sid, person`.execute(db);
}
