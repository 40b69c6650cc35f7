import { Signal } from "../signal.ts";
import type { AccountStore } from "./store.ts";

/** Leaving for good. */
export class Logouts {
  readonly #store: { accounts: AccountStore };
  readonly #onError: (error: unknown) => void;
  /** Nothing of the account with this SID is stored any more. */
  readonly loggedOut = new Signal<string>();

  constructor(store: { accounts: AccountStore }, onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
  }

  /** Forgets the account at once: token, sessions, what was made here and everything cached. What goes on for it ends by itself. */
  async logOut(accountSid: string): Promise<void> {
    await this.#store.accounts.erase(accountSid);
    this.loggedOut.send(accountSid).catch(this.#onError);
  }
}
