import type { Accounts } from "../account/accounts.ts";
import { ParleyError } from "../errors.ts";
import type { AvailableNumber, Country, TwilioNumber } from "../types.ts";
import type { NumberStore } from "./store.ts";
import type { AvailableSearch, NumberApi } from "./twilio.ts";

export class Numbers {
  readonly #store: { numbers: NumberStore };
  readonly #twilio: NumberApi;
  readonly #accounts: Accounts;
  readonly #missing = new Set<string>();
  /** Where Twilio shall post texts; undefined without a public address. */
  readonly smsUrl: string | undefined;

  constructor(
    store: { numbers: NumberStore },
    twilio: NumberApi,
    accounts: Accounts,
    smsUrl: string | undefined,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.smsUrl = smsUrl;
  }

  list(accountSid: string): Promise<TwilioNumber[]> {
    return this.#store.numbers.list(accountSid);
  }

  /** Re-reads the list from Twilio. */
  async refresh(accountSid: string): Promise<TwilioNumber[]> {
    const numbers = await this.#ask(accountSid);
    await this.#store.numbers.replaceAll(accountSid, numbers);
    return this.list(accountSid);
  }

  /** Whether Twilio did not give the list when it was last asked for it, so that what is known may be old. */
  areMissing(accountSid: string): boolean {
    return this.#missing.has(accountSid);
  }

  async countries(accountSid: string): Promise<Country[]> {
    return this.#twilio.listCountries(await this.#accounts.credentials(accountSid));
  }

  async available(accountSid: string, search: AvailableSearch): Promise<AvailableNumber[]> {
    return this.#twilio.listAvailable(await this.#accounts.credentials(accountSid), search);
  }

  /** Buys the number and connects it to this Parley in the same call. Throws TwilioRefused with Twilio's words. */
  async buy(accountSid: string, phoneNumber: string): Promise<void> {
    const credentials = await this.#accounts.credentials(accountSid);
    const bought = await this.#twilio.buyNumber(credentials, phoneNumber, this.smsUrl);
    const known = await this.list(accountSid);
    await this.#store.numbers.replaceAll(accountSid, [...known, bought]);
    // It is bought, whether or not the list can be read again now.
    await this.refresh(accountSid).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) throw error;
    });
  }

  async #ask(accountSid: string): Promise<TwilioNumber[]> {
    try {
      const numbers = await this.#twilio.listNumbers(await this.#accounts.credentials(accountSid));
      this.#missing.delete(accountSid);
      return numbers;
    } catch (error) {
      this.#missing.add(accountSid);
      throw error;
    }
  }
}
