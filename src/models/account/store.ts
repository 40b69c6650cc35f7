import type { Account } from "../types.ts";

export interface AccountStore {
  /** Adds or replaces; the token is encrypted at rest. */
  save(account: Account, authToken: string): Promise<void>;
  find(sid: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** The Auth Token in clear; undefined when nobody is signed in to that account (or the secret has changed). */
  authToken(sid: string): Promise<string | undefined>;
  /** Removes the account, its token, sessions and everything cached for it, so that no byte of it is left on disk. */
  erase(sid: string): Promise<void>;
}
