import type { Kysely, RawBuilder, Transaction } from "kysely";
import type { IRateLimiterOptions, RateLimiterAbstract } from "rate-limiter-flexible";
import type { Tables } from "./schema.ts";
import type { WordIndex } from "./wordIndex.ts";

export type LimiterOptions = IRateLimiterOptions & { insuranceLimiter: RateLimiterAbstract };

/** What differs between SQLite and PostgreSQL; everything else is written once. */
export interface Engine {
  db: Kysely<Tables>;
  words: ColumnWords;
  /** Which words are in which message. */
  wordIndex: WordIndex;
  /** Milliseconds by the clock that all instances share. */
  now(): RawBuilder<number>;
  /** Keeps these accounts' rows from changing until the transaction ends; returns the keys of those that exist. */
  lockAccounts(trx: Transaction<Tables>, sortedSids: string[]): Promise<Map<string, number>>;
  /** Makes the ids of events grow in the order of commits. */
  lockEvents(trx: Transaction<Tables>): Promise<void>;
  /** Tells the other instances, when the transaction commits, that there are events up to this id. */
  notify(trx: Transaction<Tables>, eventId: number): Promise<void>;
  /** Calls back whenever there may be new events of other instances; returns how to stop. */
  relay(wake: () => void, onError: (error: unknown) => void): Promise<() => void>;
  /** A limiter whose counters all instances share. */
  limiter(options: LimiterOptions): RateLimiterAbstract;
  /** Notes, in the transaction that deletes, that files are to be scrubbed, so that not even a crash prevents it. */
  oweScrub: (trx: Transaction<Tables>) => Promise<void>;
  /** When that is owed: leaves nothing of deleted rows in any file. */
  scrub(): Promise<void>;
  /** Gives up what was set aside for a full disk, so that an account can be erased; false when there is nothing. */
  makeRoom(): boolean;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** How a column that is compared byte by byte, one that counts rows and one of messageKeys are declared, and tables of the word index that all accounts share. */
export interface ColumnWords {
  text: string;
  growingId: string;
  timeKey: string;
  wordTables: string[];
}

/**
 * This transaction may simply be tried again: another one went first (deadlock, serialization failure), or two messages
 * were given the same key (messageKeys).
 */
export function isRetryable(error: unknown): boolean {
  const isKeyTaken = error instanceof Error && keyTaken.test(error.message);
  return isKeyTaken || ["40P01", "40001"].includes(codeOf(error));
}

const keyTaken = /UNIQUE constraint failed: messages\.key|unique constraint "timed_messages_pkey"/;

export function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
