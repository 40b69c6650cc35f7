import { randomUUID } from "node:crypto";
import type { LeaseStore } from "../leases.ts";

// A process that dies with messages in hand is known to be dead after the one, while it renews at the other.
const termMs = 6_000;
const renewMs = 2_000;

/** This process, as the one that has messages in hand: a lease under its own name says that it is alive. */
export class Holder {
  readonly id = randomUUID();
  readonly #leases: LeaseStore;
  readonly #isBusy: () => boolean;
  readonly #onError: (error: unknown) => void;
  #renewedAt = -termMs;
  #renewing: NodeJS.Timeout | undefined;

  constructor(leases: LeaseStore, isBusy: () => boolean, onError: (error: unknown) => void) {
    this.#leases = leases;
    this.#isBusy = isBusy;
    this.#onError = onError;
  }

  /** Its name, once the others know that it is alive. */
  async hold(): Promise<string> {
    if (performance.now() - this.#renewedAt > renewMs) await this.#renew();
    return this.id;
  }

  /** Stays alive for as long as there is something in hand. */
  keep(): void {
    this.#renewing ??= setInterval(() => {
      if (this.#isBusy()) this.#renew().catch(this.#onError);
      else this.#rest();
    }, renewMs).unref();
  }

  async release(): Promise<void> {
    this.#rest();
    await this.#leases.release(this.id, this.id).catch(this.#onError);
  }

  async #renew(): Promise<void> {
    const startedAt = performance.now();
    await this.#leases.take(this.id, this.id, termMs);
    this.#renewedAt = startedAt;
  }

  #rest(): void {
    clearInterval(this.#renewing);
    this.#renewing = undefined;
  }
}
