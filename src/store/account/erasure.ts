import { setImmediate as turn } from "node:timers/promises";
import type { Unit } from "../commits/writer.ts";

const rowsPerStatement = 1_000;

/** What logout deletes: everything refers to the account and goes with it, events aside. */
export async function eraseAccount(unit: Unit): Promise<void> {
  const { trx, accountSid } = unit;
  await eraseMessages(unit);
  await trx.deleteFrom("events").where("account_sid", "=", accountSid).execute();
  await trx.deleteFrom("accounts").where("sid", "=", accountSid).execute();
  unit.announce({ kind: "signedOut" });
}

// In pieces with pauses: a statement may not take long on PostgreSQL, and on SQLite nothing else runs meanwhile.
// The last piece goes with the account.
async function eraseMessages({ trx, accountSid }: Unit): Promise<void> {
  const own = trx.selectFrom("messages").select("at").where("account_sid", "=", accountSid).orderBy("at");
  let erased = 0;
  for (;;) {
    const last = await own.where("at", ">", erased).offset(rowsPerStatement).limit(1).executeTakeFirst();
    if (last === undefined) return;
    erased = last.at;
    await trx
      .deleteFrom("messages")
      .where("account_sid", "=", accountSid)
      .where("at", "<=", erased)
      .execute();
    await turn();
  }
}
