import type { Sync } from "../types.ts";

export interface SyncStore {
  /** A fresh `idle` one when none was saved. */
  find(accountSid: string): Promise<Sync>;
  /** Merges the given fields; announces `sync` when state, count or pace changed, a gap came or went, or the first webhook arrived. */
  update(accountSid: string, change: Partial<Sync>): Promise<void>;
  /** When the log was last read for the attended account that waits longest; null when there is none. */
  oldestLook(): Promise<Date | null>;
}

/** A webhook in the account's name that was refused; never its text. */
export interface Refusal {
  at: Date;
  reason: "address" | "token" | "unsigned";
  /** The address that its signature was checked for. */
  expectedUrl: string;
  /** The one that it was signed for, where that is the reason. */
  signedUrl: string | null;
}

export interface RefusalStore {
  /** Keeps the last hundred. */
  add(accountSid: string, refusal: Refusal): Promise<void>;
  /** Newest first. */
  list(accountSid: string, limit: number): Promise<Refusal[]>;
}
