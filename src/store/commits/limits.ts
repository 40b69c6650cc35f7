import { createHmac } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import type { Limit, LimitName, LimitStore } from "../../models/limits.ts";
import type { Engine } from "../engines/engine.ts";

/** Counters that all instances share; while the storage is away each counts by itself. */
export class LimitCounters implements LimitStore {
  readonly #engine: Engine;
  readonly #secret: string;
  readonly #limiters = new Map<LimitName, RateLimiterAbstract>();

  constructor(engine: Engine, secret: string) {
    this.#engine = engine;
    this.#secret = secret;
  }

  async spend(name: LimitName, limit: Limit, key: string, points: number): Promise<number> {
    try {
      await this.#limiter(name, limit).consume(this.#hidden(key), points);
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext);
      throw error;
    }
  }

  async giveBack(name: LimitName, limit: Limit, key: string, points: number): Promise<void> {
    await this.#limiter(name, limit).reward(this.#hidden(key), points);
  }

  #limiter(name: LimitName, { points, seconds }: Limit): RateLimiterAbstract {
    const known = this.#limiters.get(name);
    if (known) return known;
    const options = { keyPrefix: name, points, duration: seconds };
    const limiter = this.#engine.limiter({ ...options, insuranceLimiter: new RateLimiterMemory(options) });
    this.#limiters.set(name, limiter);
    return limiter;
  }

  // Neither addresses nor SIDs may be read there, nor be found after a logout.
  #hidden(key: string): string {
    return createHmac("sha256", this.#secret).update(key).digest("base64url");
  }
}
