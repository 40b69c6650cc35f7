import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Lists of what is unread, and of who waits for an answer, in their order; and how far the last message is. */
export const up: Up = (db) => runAll(db, [...lastStatus, ...indexes]);

const lastStatus = [
  "alter table conversations add column last_status text",
  `update conversations set last_status = (select status from messages where messages.conversation = conversations.key
    order by at desc, id desc limit 1) where last_at is not null`,
];

const indexes = [
  "drop index conversations_unread",
  `create index conversations_unread on conversations (account_sid, twilio_number, last_at, target, unread)
    where unread > 0`,
  `create index conversations_waiting on conversations (account_sid, twilio_number, last_at, target)
    where last_direction = 'inbound'`,
];
