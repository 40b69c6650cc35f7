import type { Accounts } from "../account/accounts.ts";
import type { MessageStore } from "../chat/store.ts";
import type { MessageApi, TwilioClock } from "../chat/twilio.ts";
import type { Patience } from "./patience.ts";

const fetchesPerRound = 20;

/** Asks Twilio about single messages: those that its log lacks, and those that have not come to an end. */
export class Inquiries {
  readonly #store: { messages: MessageStore };
  readonly #twilio: MessageApi & { clock: TwilioClock };
  readonly #accounts: Accounts;
  readonly #patience: Patience;

  constructor(
    store: { messages: MessageStore },
    twilio: MessageApi & { clock: TwilioClock },
    accounts: Accounts,
    patience: Patience,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#patience = patience;
  }

  /** `logged`: the SIDs that the log has since then. What it lacks may have been removed at Twilio. */
  async followRemovals(accountSid: string, logged: Set<string>, since: Date): Promise<void> {
    const until = new Date(this.#twilio.clock.now().getTime() - this.#patience.indexLagMs);
    const cached = await this.#store.messages.between(accountSid, since, until);
    const absent = cached.filter(({ sid }) => sid !== null && !logged.has(sid));
    for (const { sid } of someOf(absent)) await this.#refetch(accountSid, sid);
  }

  async askAboutStuck(accountSid: string): Promise<void> {
    const before = new Date(Date.now() - this.#patience.stuckMs);
    const stuck = await this.#store.messages.unsettled(accountSid, before, fetchesPerRound);
    for (const { sid } of stuck) await this.#refetch(accountSid, sid);
  }

  async #refetch(accountSid: string, sid: string | null): Promise<void> {
    if (sid === null) return;
    const message = await this.#twilio.fetchMessage(await this.#accounts.credentials(accountSid), sid);
    if (message === undefined) return this.#store.messages.remove(accountSid, sid);
    await this.#store.messages.take(accountSid, [message], "log");
  }
}

// Others each time, so that some that stay unlisted do not stand before the rest.
function someOf<Item>(items: Item[]): Item[] {
  const first = Math.floor(Math.random() * items.length);
  return [...items.slice(first), ...items.slice(0, first)].slice(0, fetchesPerRound);
}
