import type { TargetStore } from "../../models/chat/store.ts";
import { plainText } from "../../models/chat/told.ts";
import { personOf } from "../../models/numbers/address.ts";
import type { Pair } from "../../models/types.ts";
import type { Unit, Writer } from "../commits/writer.ts";
import { growConversations } from "./conversationSummaries.ts";
import { namePerson } from "./people.ts";

export class Targets implements TargetStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  add(accountSid: string, pair: Pair, name: string | null): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      await growConversations(unit, [{ ...pair, at: new Date(), unread: 0, serviceSid: null }]);
      if (name !== null) await namePerson(unit, personOf(pair.target), plainText(name));
      unit.announce({ kind: "conversation", twilioNumber: pair.twilioNumber, target: pair.target });
    });
  }

  rename(accountSid: string, target: string, name: string | null): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      const person = personOf(target);
      await namePerson(unit, person, name === null ? null : plainText(name));
      for (const pair of await pairsOf(unit, person)) unit.announce({ kind: "conversation", ...pair });
    });
  }
}

// A target is drawn in the list of every Twilio number, also where it has no conversation row.
async function pairsOf({ trx, accountSid }: Unit, person: string): Promise<Pair[]> {
  const targets = await trx
    .selectFrom("targets")
    .select("phone_number as target")
    .where("account_sid", "=", accountSid)
    .where("person", "=", person)
    .execute();
  const conversations = trx
    .selectFrom("conversations")
    .select("twilio_number as twilioNumber")
    .where("account_sid", "=", accountSid)
    .where(
      "target",
      "in",
      targets.map(({ target }) => target),
    );
  const numbers = trx
    .selectFrom("numbers")
    .select("phone_number as twilioNumber")
    .where("account_sid", "=", accountSid);
  const senders = await conversations.union(numbers).execute();
  return targets.flatMap(({ target }) => senders.map(({ twilioNumber }) => ({ twilioNumber, target })));
}
