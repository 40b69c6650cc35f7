import type { Logouts } from "./logouts.ts";
import type { AccountStore } from "./store.ts";

export interface RetirementOptions {
  /** How long an account is kept after its last session has run out, in milliseconds; undefined for ever. */
  keepMs: number | undefined;
  everyMs: number;
  onError: (error: unknown) => void;
}

/** Logs out accounts that nobody has come back to for so long as `KEEP_ACCOUNTS` says. */
export class Retirement {
  readonly #store: { accounts: AccountStore };
  readonly #logouts: Logouts;
  readonly #options: RetirementOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: { accounts: AccountStore }, logouts: Logouts, options: RetirementOptions) {
    this.#store = store;
    this.#logouts = logouts;
    this.#options = options;
  }

  start(): void {
    if (this.#options.keepMs === undefined) return;
    const { everyMs, onError } = this.#options;
    this.#timer = setInterval(() => void this.retire().catch(onError), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async retire(): Promise<void> {
    const { keepMs } = this.#options;
    if (keepMs === undefined) return;
    for (const accountSid of await this.#store.accounts.unattendedSince(new Date(Date.now() - keepMs)))
      await this.#logouts.logOut(accountSid);
  }
}
