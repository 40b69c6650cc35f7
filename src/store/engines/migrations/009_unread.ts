import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** Unread counts without reading every conversation of an account. */
export const up: Up = (db) => runAll(db, indexes);

const indexes = [
  "create index conversations_unread on conversations (account_sid, twilio_number, unread) where unread > 0",
];
