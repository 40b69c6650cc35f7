import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

export const up: Up = (db) => runAll(db, indexes);

const indexes = [
  "create index conversations_by_time on conversations (account_sid, twilio_number, last_at, target)",
  "create index messages_by_pair on messages (account_sid, twilio_number, target, at, id)",
  "create index messages_by_time on messages (account_sid, at)",
  `create index messages_unsettled on messages (account_sid, touched_at)
    where sid is not null and direction = 'outbound' and status_rank < 5`,
  `create index messages_in_flight on messages (account_sid, at)
    where sid is null and status in ('pending', 'checking')`,
  "create index sessions_by_account on sessions (account_sid)",
  "create index sessions_by_expiry on sessions (expires_at)",
];
