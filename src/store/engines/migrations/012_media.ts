import type { ColumnWords } from "../engine.ts";
import type { Up } from "./migration.ts";
import { runAll } from "./statements.ts";

/** The pictures and files of messages. One row without a SID says that Twilio has none of them any more. */
export const up: Up = (db, words) => runAll(db, tables(words));

function tables({ text }: ColumnWords): string[] {
  return [
    `create table media (account bigint not null, message ${text} not null, position integer not null,
      sid ${text} not null, content_type ${text} not null, primary key (account, message, position))`,
    "create index media_by_sid on media (account, sid)",
  ];
}
