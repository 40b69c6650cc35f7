/** Who does what, among instances: by the store's own clock. */
export interface LeaseStore {
  /** True when the holder has the lease now, newly or still; it lapses after `ttlMs` unless taken again. */
  take(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
  /** Holders, among these, that have their own lease now: a process that died has lost it after its term. */
  alive(holders: string[]): Promise<Set<string>>;
}
