import type { Accounts } from "../account/accounts.ts";
import { ParleyError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";
import type { NumberStore } from "./store.ts";
import type { NumberApi } from "./twilio.ts";

/** Numbers bought at Twilio, with the account's money. */
export class Purchases {
  readonly #store: { numbers: NumberStore };
  readonly #twilio: NumberApi;
  readonly #accounts: Accounts;
  readonly #numbers: Numbers;

  constructor(store: { numbers: NumberStore }, twilio: NumberApi, accounts: Accounts, numbers: Numbers) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#numbers = numbers;
  }

  /** Buys the number and connects it to this Parley in the same call. Throws TwilioRefused with Twilio's words. */
  async buy(accountSid: string, phoneNumber: string): Promise<void> {
    const credentials = await this.#accounts.credentials(accountSid);
    const bought = await this.#twilio.buyNumber(credentials, phoneNumber, this.#numbers.smsUrl);
    const known = await this.#numbers.list(accountSid);
    await this.#store.numbers.replaceAll(accountSid, [...known, bought]);
    // It is bought, whether or not the list can be read again now.
    await this.#numbers.refresh(accountSid).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) throw error;
    });
  }
}
