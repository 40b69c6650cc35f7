import type { Account } from "../types.ts";

export interface AccountStore {
  /** Adds or renews the account and notes that somebody signed in with this token; returns the token's id. Encrypted at rest. */
  save(account: Account, authToken: string): Promise<string>;
  find(sid: string): Promise<Account | undefined>;
  /** Accounts with a session that has not run out, or would not have had it not been signed out. */
  attended(): Promise<Account[]>;
  /** SIDs of accounts whose last session ran out before this time. */
  unattendedSince(time: Date): Promise<string[]>;
  /** The Auth Tokens in clear with which somebody is signed in, the last used first; none of an account that nobody attends, or once the secret has changed. */
  tokens(sid: string): Promise<StoredToken[]>;
  /** Forgets an Auth Token and ends the sessions made with it. */
  dropToken(sid: string, tokenId: string): Promise<void>;
  /** Removes the account, its tokens, sessions and everything cached for it, so that soon no byte of it is left on disk. */
  erase(sid: string): Promise<void>;
}

export interface StoredToken {
  id: string;
  authToken: string;
}

/** One browser's sign-in to an account. */
export interface Session {
  /** Names the session; it opens nothing. */
  id: string;
  signedInAt: Date;
  /** To the hour. */
  usedAt: Date;
  /** The browser's address on the network, as far as `TRUST_PROXY` lets it be known; null when it is not. */
  address: string | null;
  /** What the browser calls itself ("User-Agent"); empty when it says nothing. */
  userAgent: string;
}

export interface SessionStore {
  /** The account's, the last used first. */
  list(accountSid: string): Promise<Session[]>;
  /** Those of these sessions, of whatever account, that have not ended. */
  alive(ids: string[]): Promise<Set<string>>;
  /** Ends the session; false when it is not there or another account's. */
  end(accountSid: string, id: string): Promise<boolean>;
  /** Ends every session of the account but the one with this id. */
  endAll(accountSid: string, except?: string): Promise<void>;
}
