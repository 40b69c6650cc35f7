import { LRUCache } from "lru-cache";
import { TooMany } from "../errors.ts";
import type { SenderStores } from "./senders.ts";

const mostAccounts = 1_000;
const mostRemembered = 2_000;
const rememberedMs = 60_000;
const hourSeconds = 3_600;

/** Whom texts of Twilio's are for: an account's own numbers, and some more, since it may have lost or lent them. */
export class Addressees {
  readonly #store: SenderStores;
  readonly #most: number;
  readonly #known = new LRUCache<string, Set<string>>({ max: mostAccounts });
  /** How many numbers each account has had texts on, as of lately. */
  readonly #counts = new LRUCache<string, number>({ max: mostAccounts, ttl: rememberedMs });

  constructor(store: SenderStores, most = 500) {
    this.#store = store;
    this.#most = most;
  }

  /** Throws TooMany for one number more than an account can have had: whoever has an Auth Token can sign any. */
  async admit(accountSid: string, twilioNumber: string): Promise<void> {
    const known = this.#known.get(accountSid) ?? new Set();
    if (known.has(twilioNumber)) return;
    if (!(await this.#isUsed(accountSid, twilioNumber)) && (await this.#isFull(accountSid))) {
      const owned = await this.#store.numbers.list(accountSid);
      if (!owned.some(({ phoneNumber }) => phoneNumber === twilioNumber))
        throw new TooMany(
          "Texts come to more numbers than this account can have.",
          hourSeconds,
          "addressees",
        );
    }
    if (known.size >= mostRemembered) known.clear();
    this.#known.set(accountSid, known.add(twilioNumber));
  }

  async #isUsed(accountSid: string, twilioNumber: string): Promise<boolean> {
    return (await this.#store.conversations.newest(accountSid, twilioNumber)) !== undefined;
  }

  async #isFull(accountSid: string): Promise<boolean> {
    const lately = this.#counts.get(accountSid) ?? 0;
    if (lately >= this.#most) return true;
    const { length } = await this.#store.conversations.twilioNumbers(accountSid);
    this.#counts.set(accountSid, length);
    return length >= this.#most;
  }
}
