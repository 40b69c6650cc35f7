import type { TargetStore } from "../../models/ports.ts";
import type { Pair, Target } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import { growPairs } from "./conversationSummaries.ts";
import { folded, storable } from "../engines/columnText.ts";
import type { Unit, Writer } from "../commits/writer.ts";

export class Targets implements TargetStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  add(accountSid: string, pair: Pair, name: string | null): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      await growPairs(unit, [{ ...pair, at: Date.now(), unread: 0 }]);
      if (name !== null) await setName(unit, pair.target, name);
      unit.announce({ kind: "conversation", twilioNumber: pair.twilioNumber, target: pair.target });
    });
  }

  rename(accountSid: string, phoneNumber: string, name: string | null): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      await setName(unit, phoneNumber, name);
      for (const pair of await pairsOf(unit, phoneNumber)) unit.announce({ kind: "conversation", ...pair });
    });
  }

  find(accountSid: string, phoneNumber: string): Promise<Target | undefined> {
    return this.#engine.db
      .selectFrom("targets")
      .select(["phone_number as phoneNumber", "name"])
      .where("account_sid", "=", accountSid)
      .where("phone_number", "=", phoneNumber)
      .executeTakeFirst();
  }
}

async function setName({ trx, accountSid }: Unit, phoneNumber: string, name: string | null): Promise<void> {
  const stored = name === null ? null : storable(name);
  await trx
    .updateTable("targets")
    .set({ name: stored, folded_name: stored === null ? null : folded(stored) })
    .where("account_sid", "=", accountSid)
    .where("phone_number", "=", phoneNumber)
    .execute();
}

// The target is drawn in the list of every Twilio number, also where it has no conversation row.
async function pairsOf({ trx, accountSid }: Unit, target: string): Promise<Pair[]> {
  const conversations = trx
    .selectFrom("conversations")
    .select("twilio_number as twilioNumber")
    .where("account_sid", "=", accountSid)
    .where("target", "=", target);
  const numbers = trx
    .selectFrom("numbers")
    .select("phone_number as twilioNumber")
    .where("account_sid", "=", accountSid);
  const rows = await conversations.union(numbers).execute();
  return rows.map(({ twilioNumber }) => ({ twilioNumber, target }));
}
