import type { Accounts } from "../account/accounts.ts";
import { Deadline } from "../deadline.ts";
import { ParleyError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { Numbers } from "./numbers.ts";
import type { NumberStore } from "./store.ts";
import type { NumberApi } from "./twilio.ts";

interface PurchaseParts {
  accounts: Accounts;
  numbers: Numbers;
  limits: Limits;
}

/** Numbers bought at Twilio, with the account's money. */
export class Purchases {
  readonly #store: { numbers: NumberStore };
  readonly #twilio: NumberApi;
  readonly #accounts: Accounts;
  readonly #numbers: Numbers;
  readonly #limits: Limits;

  constructor(store: { numbers: NumberStore }, twilio: NumberApi, parts: PurchaseParts) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = parts.accounts;
    this.#numbers = parts.numbers;
    this.#limits = parts.limits;
  }

  /** Buys the number and connects it to this Parley in the same call. Throws TooMany, TwilioRefused with Twilio's words. */
  async buy(accountSid: string, phoneNumber: string): Promise<void> {
    const deadline = new Deadline();
    const credentials = await this.#accounts.credentials(accountSid);
    await this.#limits.spend("purchases", accountSid);
    const bought = await this.#twilio.buyNumber(credentials, phoneNumber, this.#numbers.smsUrl);
    const known = await this.#numbers.list(accountSid);
    await this.#store.numbers.replaceAll(accountSid, [...known, bought]);
    // It is bought, whether or not the list can be read again now.
    const refreshed = this.#numbers.refresh(accountSid).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) throw error;
    });
    await deadline.keep<unknown>(refreshed, () => undefined);
  }
}
