import { NotFound } from "../errors.ts";
import { Signal } from "../signal.ts";
import { requireSender, type SenderStores } from "./senders.ts";
import type { Elsewhere, ListFilter, ListPosition, MessageStore } from "./store.ts";
import type { Conversation, Message, Pair } from "../types.ts";

const listLength = 50;
const threadLength = 50;

export interface ListQuery {
  twilioNumber: string;
  filter?: ListFilter | undefined;
  /** The last row of the page before; the newest come first without. */
  after?: ListPosition | undefined;
}

export interface Thread {
  conversation: Conversation;
  /** Oldest first. */
  messages: Message[];
  /** The same person under other Twilio numbers. */
  elsewhere: Elsewhere[];
  /** The id of the first message that nobody has seen so far, when there is one. */
  firstUnread?: string | undefined;
  /** Older messages are cached too. */
  hasEarlier: boolean;
  /** It ends before the newest message, because an earlier part was asked for. */
  isEarlier: boolean;
}

export class Conversations {
  readonly #store: SenderStores & { messages: MessageStore };

  /** Somebody has opened this conversation. */
  readonly opened = new Signal<Pair & { accountSid: string }>();
  /** Somebody sees these messages. */
  readonly shown = new Signal<{ accountSid: string; messages: Message[] }>();

  constructor(store: SenderStores & { messages: MessageStore }) {
    this.#store = store;
  }

  /** A page of fifty, newest first; `hasMore` when others follow. */
  async list(
    accountSid: string,
    query: ListQuery,
  ): Promise<{ conversations: Conversation[]; hasMore: boolean }> {
    const { twilioNumber, filter = "all", after } = query;
    const page = { limit: listLength + 1, filter, ...(after ? { after } : {}) };
    const conversations = await this.#store.conversations.list(accountSid, twilioNumber, page);
    return {
      conversations: conversations.slice(0, listLength),
      hasMore: conversations.length > listLength,
    };
  }

  /** Opens the conversation for reading: nothing in it is unread afterwards. Undefined when the target is not known; NotFound when the Twilio number is not. */
  async read(accountSid: string, pair: Pair): Promise<Thread | undefined> {
    await requireSender(this.#store, accountSid, pair.twilioNumber);
    const conversation = await this.#store.conversations.find(accountSid, pair);
    if (conversation === undefined) return undefined;
    if (conversation.unread > 0) await this.#store.conversations.markRead(accountSid, pair);
    void this.opened.send({ accountSid, ...pair });
    const part = await this.#part(accountSid, pair);
    const firstUnread = firstUnreadOf(part.messages, conversation.unread);
    const elsewhere = await this.#store.conversations.elsewhere(accountSid, pair);
    return { ...part, elsewhere, firstUnread, conversation: { ...conversation, unread: 0 } };
  }

  /** The fifty messages before the one with this id; NotFound when the conversation has no such message. */
  async readEarlier(accountSid: string, pair: Pair, id: string): Promise<Thread> {
    const { conversation, message } = await this.#messageIn(accountSid, pair, id);
    const elsewhere = await this.#store.conversations.elsewhere(accountSid, pair);
    return { ...(await this.#part(accountSid, pair, message)), elsewhere, conversation };
  }

  /** Fifty messages, the one with this id in their middle; NotFound when the conversation has no such message. */
  async readAround(accountSid: string, pair: Pair, id: string): Promise<Thread> {
    const { conversation, message } = await this.#messageIn(accountSid, pair, id);
    const { messages } = this.#store;
    const half = threadLength / 2;
    const before = await messages.thread(accountSid, pair, { limit: half + 1, before: message });
    const after = await messages.thread(accountSid, pair, { limit: half + 1, since: message });
    const around = [...before.slice(-half), ...after.slice(0, half)];
    void this.shown.send({ accountSid, messages: around });
    return {
      conversation,
      elsewhere: await this.#store.conversations.elsewhere(accountSid, pair),
      messages: around,
      hasEarlier: before.length > half,
      isEarlier: after.length > half,
    };
  }

  async #messageIn(accountSid: string, pair: Pair, id: string) {
    const conversation = await this.find(accountSid, pair);
    const message = await this.#store.messages.find(accountSid, id);
    const isHere = message?.twilioNumber === pair.twilioNumber && message.target === pair.target;
    if (!conversation || !isHere) throw new NotFound("That message is not in this conversation any more.");
    return { conversation, message };
  }

  async #part(accountSid: string, pair: Pair, before?: Message) {
    const page = { limit: threadLength + 1, before };
    const messages = await this.#store.messages.thread(accountSid, pair, page);
    void this.shown.send({ accountSid, messages: messages.slice(-threadLength) });
    return {
      messages: messages.slice(-threadLength),
      hasEarlier: messages.length > threadLength,
      isEarlier: before !== undefined,
    };
  }

  find(accountSid: string, pair: Pair): Promise<Conversation | undefined> {
    return this.#store.conversations.find(accountSid, pair);
  }

  /** Throws NotFound when the target is not known. */
  async markRead(accountSid: string, pair: Pair): Promise<void> {
    const conversation = await this.find(accountSid, pair);
    if (conversation === undefined) throw new NotFound();
    if ((conversation.lastMessage?.numMedia ?? 0) > 0) await this.#part(accountSid, pair);
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

// What is unread are the newest inbound ones.
function firstUnreadOf(messages: Message[], unread: number): string | undefined {
  const inbound = messages.filter(({ direction }) => direction === "inbound");
  return unread > 0 ? (inbound.at(-unread) ?? inbound[0])?.id : undefined;
}
