import { sql, type RawBuilder } from "kysely";
import { pairKey } from "../../models/chat/pairKey.ts";
import type { Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";

/** What the messages of this conversation name it by; nothing is equal to it when there is no such conversation. */
export function keyOfPair(accountSid: string, { twilioNumber, target }: Pair): RawBuilder<number> {
  return sql<number>`(select key from conversations
    where account_sid = ${accountSid} and twilio_number = ${twilioNumber} and target = ${target})`;
}

/** The same of many, by `pairKey`. */
export async function conversationKeys(
  { trx, accountSid }: Unit,
  pairs: readonly Pair[],
): Promise<Map<string, number>> {
  const distinct = [...new Map(pairs.map((pair) => [pairKey(pair), pair])).values()];
  const keys = new Map<string, number>();
  for (const chunk of chunks(distinct)) {
    const rows = await trx
      .selectFrom("conversations")
      .select(["key", "twilio_number as twilioNumber", "target"])
      .where("account_sid", "=", accountSid)
      .where(isOneOf(chunk))
      .execute();
    for (const { key, ...pair } of rows) keys.set(pairKey(pair), key);
  }
  return keys;
}

export function isOneOf(pairs: readonly Pair[]): RawBuilder<boolean> {
  const values = sql.join(pairs.map(({ twilioNumber, target }) => sql`(${twilioNumber}, ${target})`));
  return sql<boolean>`(twilio_number, target) in (values ${values})`;
}

/** So that transactions which change several lock them in the same order. */
export function inOrder<T extends Pair>(pairs: T[]): T[] {
  return pairs.toSorted((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
}
