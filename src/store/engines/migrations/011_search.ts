import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/**
 * Messages get a key that grows with their time, which is what the index of their words names them by. The index itself
 * is filled after the start (store/chat/wordCatchUp.ts).
 */
export const up: Up = (db, words) => runAll(db, [...messages(words), ...words.wordTables, ...indexes]);

function messages({ text, timeKey }: ColumnWords): string[] {
  const columns = `account, conversation, id, sid, direction, body, status, status_rank, error_code, error_message,
    num_media, at, opt_out, service_sid, redacted, holder, touched_at`;
  return [
    "alter table account_keys add column words_version integer not null default 0",
    `create table timed_messages (key ${timeKey}, account bigint not null,
      conversation bigint not null references conversations (key),
      id ${text} not null, sid ${text}, direction text not null, body text not null, status text not null,
      status_rank integer not null, error_code integer, error_message text, num_media integer not null,
      at bigint not null, opt_out text, service_sid text, redacted integer not null default 0,
      holder ${text} not null default '', touched_at bigint not null, unique (account, id))`,
    `insert into timed_messages (key, ${columns})
      select second * 262144 + row_number() over (partition by second order by account, id), ${columns}
      from (select *, ${second} as second from messages) as timed order by second, account, id`,
    "drop table messages",
    "alter table timed_messages rename to messages",
  ];
}

// A time that no clock shows would not fit into a key.
const second = "case when at < 0 then 0 when at > 4294967295000 then 4294967295 else at / 1000 end";

const indexes = [
  "create unique index messages_by_sid on messages (account, sid) where sid <> '='",
  "create index messages_by_conversation on messages (conversation, at)",
  "create index messages_by_time on messages (account, at)",
  `create index messages_unsettled on messages (account, touched_at)
    where sid is not null and direction = 'outbound' and status_rank < 5`,
  "create index messages_open on messages (account, at) where sid is null",
  "create index messages_opt_out on messages (conversation) where opt_out is not null",
  `create index messages_failed on messages (account, at)
    where status in ('refused', 'unsent', 'unconfirmed', 'failed', 'undelivered', 'canceled')`,
];
