import type { Told } from "../../models/chat/told.ts";
import type { Unit } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";

const keptMs = 24 * 3_600_000;
// Of one account: whoever has one can sign any number of them.
const mostKept = 50_000;
const sidsPerStatement = 500;

/** Status callbacks that came before their messages were known. */
export async function waitingCallbacks({ trx, accountSid }: Unit, sids: string[]): Promise<Told[]> {
  const found: Told[] = [];
  for (const chunk of chunks(sids, sidsPerStatement)) {
    const rows = await trx
      .selectFrom("waiting_callbacks")
      .select("told")
      .where("account_sid", "=", accountSid)
      .where("sid", "in", chunk)
      .execute();
    found.push(...rows.map(({ told }) => ({ ...(JSON.parse(told) as Told), at: null })));
  }
  return found;
}

export async function holdCallbacks({ trx, accountSid }: Unit, callbacks: Told[]): Promise<void> {
  for (const callback of callbacks) {
    const row = { told: JSON.stringify(callback), at: Date.now() };
    await trx
      .insertInto("waiting_callbacks")
      .values({ account_sid: accountSid, sid: callback.sid, ...row })
      .onConflict((conflict) => conflict.columns(["account_sid", "sid"]).doUpdateSet(row))
      .execute();
  }
}

export async function releaseCallbacks({ trx, accountSid }: Unit, sids: string[]): Promise<void> {
  if (sids.length === 0) return;
  await trx
    .deleteFrom("waiting_callbacks")
    .where("account_sid", "=", accountSid)
    .where("sid", "in", sids)
    .execute();
}

/** Other systems send through the same account, and their messages come with the log soon or never. */
export async function pruneCallbacks({ db }: Engine): Promise<void> {
  await db
    .deleteFrom("waiting_callbacks")
    .where("at", "<", Date.now() - keptMs)
    .execute();
  const crowded = await db
    .selectFrom("waiting_callbacks")
    .select("account_sid")
    .groupBy("account_sid")
    .having(({ fn }) => fn.countAll(), ">", mostKept)
    .execute();
  for (const { account_sid } of crowded) await pruneOldest(db, account_sid);
}

async function pruneOldest(db: Engine["db"], accountSid: string): Promise<void> {
  const newest = await db
    .selectFrom("waiting_callbacks")
    .select("at")
    .where("account_sid", "=", accountSid)
    .orderBy("at", "desc")
    .offset(mostKept)
    .limit(1)
    .executeTakeFirst();
  await db
    .deleteFrom("waiting_callbacks")
    .where("account_sid", "=", accountSid)
    .where("at", "<=", newest?.at ?? 0)
    .execute();
}
