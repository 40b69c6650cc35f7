import type { Transaction } from "kysely";
import type { Tables } from "./schema.ts";

/** Those of these accounts that somebody is signed in to, with their keys. */
export function accountRows(trx: Transaction<Tables>, sids: string[]) {
  return trx
    .selectFrom("accounts")
    .innerJoin("account_keys", "account_keys.account_sid", "accounts.sid")
    .select(["sid", "key"])
    .where("sid", "in", sids)
    .where("leaving", "=", 0)
    .orderBy("sid");
}

export function keysOf(rows: { sid: string; key: number }[]): Map<string, number> {
  return new Map(rows.map(({ sid, key }) => [sid, key]));
}
