import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Lists of what is unread, and of who waits for an answer, in their order. */
export const up: Up = (db) => runAll(db, indexes);

const indexes = [
  "drop index conversations_unread",
  `create index conversations_unread on conversations (account_sid, twilio_number, last_at, target, unread)
    where unread > 0`,
  `create index conversations_waiting on conversations (account_sid, twilio_number, last_at, target)
    where last_direction = 'inbound'`,
];
