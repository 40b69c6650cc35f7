import { folded } from "../engines/folded.ts";
import type { Unit } from "../commits/writer.ts";

/** Gives the person a name, or takes it away. */
export async function namePerson(
  { trx, accountSid }: Unit,
  person: string,
  name: string | null,
): Promise<void> {
  if (name === null) {
    await trx
      .deleteFrom("people")
      .where("account_sid", "=", accountSid)
      .where("person", "=", person)
      .execute();
    return;
  }
  const row = { name, folded_name: folded(name) };
  await trx
    .insertInto("people")
    .values({ account_sid: accountSid, person, ...row })
    .onConflict((conflict) => conflict.columns(["account_sid", "person"]).doUpdateSet(row))
    .execute();
}
