import { setTimeout as wait } from "node:timers/promises";
import type { Accounts } from "../account/accounts.ts";
import { ParleyError } from "../errors.ts";
import type { Message, TwilioMessage } from "../types.ts";
import { mayBeOurs, soonest } from "./ours.ts";
import type { MessageStore } from "./store.ts";
import { normalized } from "./told.ts";
import type { MessageApi } from "./twilio.ts";

// Twilio's log may lag behind by minutes, so "not there" counts only after five of them.
export const defaultCheckDelays = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 90_000, 90_000];

/** Finds out from Twilio's log what became of messages whose answer was lost. */
export class LostAnswers {
  readonly #store: { messages: MessageStore };
  readonly #twilio: MessageApi;
  readonly #accounts: Accounts;
  readonly #delays: number[];

  /** `delays`: pauses between looks at the log, in milliseconds. */
  constructor(store: { messages: MessageStore }, twilio: MessageApi, accounts: Accounts, delays: number[]) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#delays = delays;
  }

  /** Resolves when the message is found or known not to be there; rejects when stopped, and the next start takes it up. */
  async find(accountSid: string, message: Message, stop: AbortSignal): Promise<void> {
    let looked = false;
    for (const delay of this.#delays) {
      await wait(delay, undefined, { signal: stop });
      const found = await this.#look(accountSid, message).catch((error: unknown) => unreached(error));
      if (found) return this.#accept(accountSid, message, found);
      looked = found === undefined;
    }
    // Without a look at the end nothing is known, so the message stays `checking` and is taken up again later.
    if (looked) await this.#store.messages.mark(accountSid, message.id, "unconfirmed");
  }

  async #accept(accountSid: string, { id }: Message, found: TwilioMessage): Promise<void> {
    await this.#store.messages.take(accountSid, [{ ...found, answers: id }], "answer");
  }

  async #look(accountSid: string, message: Message): Promise<TwilioMessage | undefined> {
    const credentials = await this.#accounts.credentials(accountSid);
    const ends = { from: message.twilioNumber, to: message.target };
    const page = await this.#twilio.listMessages(credentials, {
      ...ends,
      sentAfter: soonest(message),
      pageSize: 100,
    });
    const open = { ...message, status: "checking" } as const;
    const alike = page.messages.filter((logged) => mayBeOurs(open, normalized(logged)));
    const sids = alike.map(({ sid }) => sid);
    const known = await this.#store.messages.known(accountSid, sids);
    return alike.findLast(({ sid }) => !known.has(sid));
  }
}

function unreached(error: unknown): null {
  if (error instanceof ParleyError) return null;
  throw error;
}
