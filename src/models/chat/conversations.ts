import { NotFound } from "../errors.ts";
import { Signal } from "../signal.ts";
import { requireSender, type SenderStores } from "./senders.ts";
import type { MessageStore } from "./store.ts";
import type { Conversation, Message, Pair } from "../types.ts";

const listLength = 200;
const threadLength = 50;

export interface ListQuery {
  twilioNumber: string;
  search?: string;
  /** How many times the reader has asked for more; 0 at first. */
  more?: number;
}

export interface Thread {
  conversation: Conversation;
  /** Oldest first. */
  messages: Message[];
  /** Older messages are cached too. */
  hasEarlier: boolean;
}

export class Conversations {
  readonly #store: SenderStores & { messages: MessageStore };

  /** Somebody has opened this conversation. */
  readonly opened = new Signal<Pair & { accountSid: string }>();

  constructor(store: SenderStores & { messages: MessageStore }) {
    this.#store = store;
  }

  /** Newest first; `hasMore` when the list was cut. */
  async list(
    accountSid: string,
    query: ListQuery,
  ): Promise<{ conversations: Conversation[]; hasMore: boolean }> {
    const limit = listLength * ((query.more ?? 0) + 1);
    const page = { limit: limit + 1, ...(query.search ? { search: query.search } : {}) };
    const conversations = await this.#store.conversations.list(accountSid, query.twilioNumber, page);
    return { conversations: conversations.slice(0, limit), hasMore: conversations.length > limit };
  }

  /** Opens the conversation for reading: nothing in it is unread afterwards. Undefined when the target is not known; NotFound when the Twilio number is not. */
  async read(accountSid: string, pair: Pair, pages = 1): Promise<Thread | undefined> {
    await requireSender(this.#store, accountSid, pair.twilioNumber);
    const conversation = await this.#store.conversations.find(accountSid, pair);
    if (conversation === undefined) return undefined;
    if (conversation.unread > 0) await this.#store.conversations.markRead(accountSid, pair);
    void this.opened.send({ accountSid, ...pair });
    const limit = threadLength * pages;
    const messages = await this.#store.messages.thread(accountSid, pair, { limit: limit + 1 });
    return {
      conversation: { ...conversation, unread: 0 },
      messages: messages.slice(-limit),
      hasEarlier: messages.length > limit,
    };
  }

  find(accountSid: string, pair: Pair): Promise<Conversation | undefined> {
    return this.#store.conversations.find(accountSid, pair);
  }

  /** Throws NotFound when the target is not known. */
  async markRead(accountSid: string, pair: Pair): Promise<void> {
    if (!(await this.find(accountSid, pair))) throw new NotFound();
    return this.#store.conversations.markRead(accountSid, pair);
  }

  /** The pair somebody talked with last. */
  newest(accountSid: string): Promise<Pair | undefined> {
    return this.#store.conversations.newest(accountSid);
  }

  unreadByNumber(accountSid: string): Promise<Map<string, number>> {
    return this.#store.conversations.unreadByNumber(accountSid);
  }
}
