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
  /** Makes room for an account's words; what is there stays. */
  create(trx: Transaction<Tables>, account: number): Promise<void>;
  /** Notes the words of these messages, in place of those before. */
  write(trx: Transaction<Tables>, account: number, entries: Entry[]): Promise<void>;
  remove(trx: Transaction<Tables>, account: number, keys: number[]): Promise<void>;
  /** The keys of the messages that are meant, as a table to select from: SQLite gives them in the order of the keys at no cost. */
  found(account: number, sought: Sought): AliasedRawBuilder<{ key: number }, "found">;
  /** Deletes some of what is kept for the account; true while there may be more. */
  erasePiece(db: Kysely<Tables>, account: number): Promise<boolean>;
}
