import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

export const up: Up = (db) => runAll(db, looks);

/** What the looks at Twilio's log left unread, how often they are taken, and which address webhooks proved. */
const looks = [
  "alter table syncs add column webhook_url text",
  "alter table syncs add column pace text",
  "alter table syncs add column gaps text not null default '[]'",
];
