import { NotFound } from "../errors.ts";
import type { Session, SessionStore } from "./store.ts";

/** Which browsers are signed in to an account. */
export class Sessions {
  readonly #store: { sessions: SessionStore };

  constructor(store: { sessions: SessionStore }) {
    this.#store = store;
  }

  /** The last used first. */
  list(accountSid: string): Promise<Session[]> {
    return this.#store.sessions.list(accountSid);
  }

  /** Throws NotFound for one that has ended already. */
  async end(accountSid: string, id: string): Promise<void> {
    if (!(await this.#store.sessions.end(accountSid, id)))
      throw new NotFound("That session has ended already.");
  }

  /** Every one, this browser's too; the account and what is stored for it stay. */
  endAll(accountSid: string): Promise<void> {
    return this.#store.sessions.endAll(accountSid);
  }
}
