import { LRUCache } from "lru-cache";
import type { Accounts } from "../account/accounts.ts";
import type { AvailableNumber, Country, TwilioNumber } from "../types.ts";
import type { NumberStore } from "./store.ts";
import type { AvailableSearch, NumberApi } from "./twilio.ts";

const mostAccounts = 1_000;
/** For how long what Twilio said of an account's numbers, and of the countries it sells in, is not asked again. */
export const usualFreshness = { numbersMs: 30_000, countriesMs: 3_600_000 };

export interface NumbersOptions {
  /** Where Twilio shall post texts; undefined without a public address. */
  smsUrl: string | undefined;
  freshness?: typeof usualFreshness | undefined;
}

export class Numbers {
  readonly #store: { numbers: NumberStore };
  readonly #twilio: NumberApi;
  readonly #accounts: Accounts;
  readonly #missing = new Set<string>();
  // Whoever asks while an answer is on its way waits for the same one.
  readonly #fresh: LRUCache<string, TwilioNumber[]>;
  readonly #countries: LRUCache<string, Country[]>;
  /** Where Twilio shall post texts; undefined without a public address. */
  readonly smsUrl: string | undefined;

  constructor(
    store: { numbers: NumberStore },
    twilio: NumberApi,
    accounts: Accounts,
    { smsUrl, freshness = usualFreshness }: NumbersOptions,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.smsUrl = smsUrl;
    const { numbersMs, countriesMs } = freshness;
    this.#fresh = new LRUCache({
      // Whoever waits for an answer takes it, even though another one has come meanwhile.
      ...{ max: mostAccounts, ttl: numbersMs, ignoreFetchAbort: true },
      fetchMethod: (accountSid) => this.#reread(accountSid),
    });
    this.#countries = new LRUCache({
      ...{ max: mostAccounts, ttl: countriesMs },
      fetchMethod: (accountSid) => this.#askCountries(accountSid),
    });
  }

  list(accountSid: string): Promise<TwilioNumber[]> {
    return this.#store.numbers.list(accountSid);
  }

  /** Re-reads the list from Twilio, whatever it said just now. */
  refresh(accountSid: string): Promise<TwilioNumber[]> {
    this.#fresh.delete(accountSid);
    return this.fresh(accountSid);
  }

  /** As Twilio said within the last half minute, or says now. */
  async fresh(accountSid: string): Promise<TwilioNumber[]> {
    await this.#fresh.fetch(accountSid);
    return this.list(accountSid);
  }

  /** Whether Twilio did not give the list when it was last asked for it, so that what is known may be old. */
  areMissing(accountSid: string): boolean {
    return this.#missing.has(accountSid);
  }

  /** Where the account can buy numbers. */
  async countries(accountSid: string): Promise<Country[]> {
    return (await this.#countries.fetch(accountSid)) ?? [];
  }

  async available(accountSid: string, search: AvailableSearch): Promise<AvailableNumber[]> {
    return this.#twilio.listAvailable(await this.#accounts.credentials(accountSid), search);
  }

  async #reread(accountSid: string): Promise<TwilioNumber[]> {
    const numbers = await this.#ask(accountSid);
    await this.#store.numbers.replaceAll(accountSid, numbers);
    return this.list(accountSid);
  }

  async #askCountries(accountSid: string): Promise<Country[]> {
    return this.#twilio.listCountries(await this.#accounts.credentials(accountSid));
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
