import type { TargetStore } from "../../models/chat/store.ts";
import { plainText } from "../../models/chat/told.ts";
import { personOf } from "../../models/numbers/address.ts";
import type { Pair } from "../../models/types.ts";
import type { Writer } from "../commits/writer.ts";
import { growConversations } from "./conversationGrowth.ts";
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
      // It stands all over a page, from its title to the names beside the messages.
      unit.announce({ kind: "refresh" });
    });
  }
}
