import type { Accounts } from "../account/accounts.ts";
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
