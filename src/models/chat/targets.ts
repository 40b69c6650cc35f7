import { Invalid, NotFound } from "../errors.ts";
import { onChannelOf, personOf } from "../numbers/address.ts";
import { countryOf, parsePhoneNumber } from "../numbers/phoneNumber.ts";
import { requireSender, type SenderStores } from "./senders.ts";
import type { TargetStore } from "./store.ts";
import type { Pair } from "../types.ts";

export interface TargetForm {
  /** As a person wrote it. */
  phoneNumber: string;
  name: string;
  twilioNumber: string;
}

export class Targets {
  readonly #store: SenderStores & { targets: TargetStore };

  constructor(store: SenderStores & { targets: TargetStore }) {
    this.#store = store;
  }

  /**
   * Adds the target, or finds it when it is there already. A number without + is read in the Twilio number's country;
   * under a sender of another channel it is an address of that channel. Throws Invalid, NotFound.
   */
  async add(accountSid: string, form: TargetForm): Promise<Pair> {
    const number = parsePhoneNumber(form.phoneNumber, countryOf(personOf(form.twilioNumber)));
    if (number === undefined) throw new Invalid(notValid(form.phoneNumber));
    if (form.twilioNumber === "")
      throw new Invalid("Get a Twilio number on the Admin page first: it is what you text from.");
    const target = onChannelOf(form.twilioNumber, number);
    if (target === form.twilioNumber)
      throw new Invalid(`${target} is your own Twilio number; a number cannot text itself.`);
    await requireSender(this.#store, accountSid, form.twilioNumber);
    const pair = { twilioNumber: form.twilioNumber, target };
    await this.#store.targets.add(accountSid, pair, form.name.trim() || null);
    return pair;
  }

  /** Throws NotFound when the target is not known. */
  async rename(accountSid: string, pair: Pair, name: string): Promise<void> {
    if (!(await this.#store.conversations.find(accountSid, pair)))
      throw new NotFound("That number is not among your target numbers.");
    await this.#store.targets.rename(accountSid, pair.target, name.trim() || null);
  }
}

function notValid(typed: string): string {
  const number = typed.trim();
  if (number === "") return "Enter a phone number.";
  return `“${number}” is not a valid phone number, so it was not added. Write it with its area code, or with + and the country code.`;
}
