import { sql, type RawBuilder } from "kysely";

/** What the messages of this account name it by; nothing is equal to it when nobody is signed in to the account. */
export function keyOf(accountSid: string): RawBuilder<number> {
  return sql<number>`(select key from account_keys where account_sid = ${accountSid})`;
}
