import { optOutKeyword } from "./optOutKeywords.ts";
import type { Store } from "../ports.ts";
import type { Message, Pair, TwilioMessage } from "../types.ts";

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

  /** Reads the whole conversations again that have a keyword among these messages of the log, whose times may differ from what webhooks told. */
  async reread(accountSid: string, messages: TwilioMessage[]): Promise<void> {
    const asked = messages.filter((message) => message.direction === "inbound" && effectOf(message));
    const pairs = new Map(asked.map((message) => [`${message.twilioNumber} ${message.target}`, message]));
    for (const { twilioNumber, target } of pairs.values()) {
      const pair = { twilioNumber, target };
      const thread = await this.#store.messages.thread(accountSid, pair, { limit: rereadAtMost });
      const since = thread.reduce((state: Date | null, message) => {
        const effect = effectOf(message);
        return effect === "stop" ? (state ?? message.at) : effect === "start" ? null : state;
      }, null);
      if (thread.some(effectOf)) await this.#store.conversations.correctOptOut(accountSid, pair, since);
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

const rereadAtMost = 500;
const unsubscribed = 21610;

/** What a message of a conversation says about opting out; Twilio's refusal says as much as a STOP. */
function effectOf(message: Message | TwilioMessage): "stop" | "start" | undefined {
  if (message.direction !== "inbound") return message.errorCode === unsubscribed ? "stop" : undefined;
  const keyword = optOutKeyword(message.body, message.twilioNumber);
  return keyword === "help" ? undefined : keyword;
}
