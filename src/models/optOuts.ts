import { optOutKeyword } from "./optOut.ts";
import type { Store } from "./ports.ts";
import type { Pair, TwilioMessage } from "./types.ts";

/** What people said with STOP and START, read from their messages and from Twilio's refusals. */
export class OptOuts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads the keywords among these messages, oldest first, whatever their order. */
  async follow(accountSid: string, messages: TwilioMessage[]): Promise<void> {
    const inbound = messages.filter((message) => message.direction === "inbound");
    for (const message of inbound.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      const keyword = optOutKeyword(message.body, message.twilioNumber);
      if (keyword === "stop" || keyword === "start")
        await this.#set(accountSid, message, keyword === "stop", message.at);
    }
  }

  /** Twilio refused a message with 21610, so an opt-out that we never saw is in force. */
  async refused(accountSid: string, pair: Pair): Promise<void> {
    await this.#set(accountSid, pair, true, new Date());
  }

  async #set(accountSid: string, { twilioNumber, target }: Pair, optedOut: boolean, at: Date): Promise<void> {
    await this.#store.conversations.setOptOut(accountSid, { twilioNumber, target }, optedOut, at);
  }
}
