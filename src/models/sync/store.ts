import type { Sync } from "../types.ts";

export interface SyncStore {
  /** A fresh `idle` one when none was saved. */
  find(accountSid: string): Promise<Sync>;
  /** Merges the given fields; announces `sync` when state, count or pace changed, a gap came or went, or the first webhook arrived. */
  update(accountSid: string, change: Partial<Sync>): Promise<void>;
}
