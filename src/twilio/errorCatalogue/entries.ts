/** By error code: what happened, and what the person can do. */
export type Entries = Record<number, readonly [sentence: string, action: string]>;
