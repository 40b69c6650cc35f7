import { LRUCache } from "lru-cache";
import { TooMany } from "../errors.ts";
import type { SenderStores } from "./senders.ts";

const mostAccounts = 1_000;
const mostRemembered = 2_000;
const hourSeconds = 3_600;

/** Whom texts of Twilio's are for: an account's own numbers, and some more, since it may have lost or lent them. */
export class Addressees {
  readonly #store: SenderStores;
  readonly #most: number;
  readonly #known = new LRUCache<string, Set<string>>({ max: mostAccounts });

  constructor(store: SenderStores, most = 500) {
    this.#store = store;
    this.#most = most;
  }

  /** Throws TooMany for one number more than an account can have had: whoever has an Auth Token can sign any. */
  async admit(accountSid: string, twilioNumber: string): Promise<void> {
    const known = this.#known.get(accountSid) ?? new Set();
    if (known.has(twilioNumber)) return;
    const used = await this.#store.conversations.unreadByNumber(accountSid);
    if (!used.has(twilioNumber) && used.size >= this.#most) {
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
}
