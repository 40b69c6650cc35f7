import type { AliasedRawBuilder, Kysely, Transaction } from "kysely";
import type { Phrase } from "../../models/words.ts";
import type { Tables } from "./schema.ts";

/** Another number when words or marks are made otherwise; then those of stored messages are made again. */
export const wordsVersion = 1;

/** The words that one message is found by. */
export interface Entry {
  key: number;
  /** In their order, between single spaces: folded, or marks. */
  words: string;
}

/** Which messages are meant: one of each in `all` is in the text, and nothing of `none`. */
export interface Sought {
  /** At least one. */
  all: Phrase[][];
  none: Phrase[];
}

/** Which words are in which message, per account. */
export interface WordIndex {
  /** Makes room for an account's words; what was there is forgotten. */
  create(trx: Transaction<Tables>, account: number): Promise<void>;
  /** Notes the words of messages that it does not know. */
  add(trx: Transaction<Tables>, account: number, entries: Entry[]): Promise<void>;
  /** Forgets messages, which must have these very words. */
  remove(trx: Transaction<Tables>, account: number, entries: Entry[]): Promise<void>;
  /** The keys of the messages that are meant, as a table to select from: SQLite gives them in the order of the keys at no cost. */
  found(account: number, sought: Sought): AliasedRawBuilder<{ key: number }, "found">;
  /** Deletes some of what is kept for the account; true while there may be more. */
  erasePiece(db: Kysely<Tables>, account: number): Promise<boolean>;
}
