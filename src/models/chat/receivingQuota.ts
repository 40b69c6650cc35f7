import { TooMany } from "../errors.ts";
import type { Limits } from "../limits.ts";

const kib = 1024;
// What is stored beside the words.
const bytesOfRow = 500;
// Counted here and noted in the store now and then, since every text would be a write more.
const notedEveryKib = 1024;

/** How much of texts an account may be sent a day: whoever has a Twilio account can sign any number of them. */
export class ReceivingQuota {
  readonly #limits: Limits;
  readonly #onError: (error: unknown) => void;
  readonly #bytes = new Map<string, number>();
  readonly #usedUp = new Map<string, { until: number; refusal: TooMany }>();

  constructor(limits: Limits, onError: (error: unknown) => void) {
    this.#limits = limits;
    this.#onError = onError;
  }

  /** Throws TooMany once the account's day is used up. */
  take(accountSid: string, text: string): void {
    const usedUp = this.#usedUp.get(accountSid);
    if (usedUp && Date.now() < usedUp.until) throw usedUp.refusal;
    const bytes = (this.#bytes.get(accountSid) ?? 0) + Buffer.byteLength(text) + bytesOfRow;
    const kibs = Math.floor(bytes / kib);
    if (kibs < notedEveryKib) return void this.#bytes.set(accountSid, bytes);
    this.#bytes.delete(accountSid);
    this.#note(accountSid, kibs).catch(this.#onError);
  }

  async #note(accountSid: string, kibs: number): Promise<void> {
    try {
      await this.#limits.spend("received", accountSid, kibs);
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      this.#usedUp.set(accountSid, { until: Date.now() + error.retryAfterSeconds * 1_000, refusal: error });
    }
  }
}
