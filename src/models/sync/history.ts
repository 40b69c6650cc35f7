import type { Accounts } from "../account/accounts.ts";
import type { ConversationStore, MessageStore } from "../chat/store.ts";
import type { MessageApi, TwilioClock } from "../chat/twilio.ts";
import type { EventStore } from "../events.ts";
import type { LogPosition, Pair, Sync, TwilioMessage } from "../types.ts";
import { LogReader, oldestOf, type LogPart } from "./logReader.ts";
import type { SyncStore } from "./store.ts";

const pageSize = 1_000;
const conversationPages = 5;

/** The page that comes next, asked for while the one before it is being written. Whoever reads page by page keeps it in between. */
export interface Ahead {
  next?: { nextPage: string | null; part: Promise<LogPart> };
}

export interface HistoryStores {
  conversations: ConversationStore;
  events: EventStore;
  messages: MessageStore;
  syncs: SyncStore;
}

/** Brings the account's message log into the cache, newest first, one page at a time, so that it can stop anywhere. */
export class History {
  readonly #store: HistoryStores;
  readonly #twilio: MessageApi & { clock: TwilioClock };
  readonly #accounts: Accounts;
  readonly #limit: number;
  readonly #reader: LogReader;

  /** `limit`: how many messages to read at most. */
  constructor(
    store: HistoryStores,
    twilio: MessageApi & { clock: TwilioClock },
    accounts: Accounts,
    limit = Infinity,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#limit = limit;
    this.#reader = new LogReader(twilio);
  }

  progress(accountSid: string): Promise<Sync> {
    return this.#store.syncs.find(accountSid);
  }

  /** Reads the next page. True while there is more to read. */
  async readPage(accountSid: string, ahead: Ahead = {}): Promise<boolean> {
    const sync = await this.#store.syncs.find(accountSid);
    if (sync.state === "done") return false;
    const startedAt = this.#twilio.clock.now();
    const page = await this.#part(accountSid, sync, ahead);
    const messages = page.messages.slice(0, this.#limit - sync.count);
    const count = sync.count + messages.length;
    const more = page.next !== null && count < this.#limit;
    if (more && page.next) this.#ask(accountSid, page.next, ahead);
    const added = await this.#record(accountSid, messages);
    await this.#store.syncs.update(accountSid, {
      state: more ? "running" : "done",
      nextPage: (more && page.next?.nextPage) || null,
      count,
      oldestAt: oldestOf(messages) ?? sync.oldestAt,
      ...(sync.seenUntil === null ? { seenUntil: startedAt, sweptAt: startedAt } : {}),
    });
    // The newest page makes the chat usable, the last one makes it whole; in between it is not worth the reader's while.
    if (added > 0 && (sync.count === 0 || !more))
      await this.#store.events.announce(accountSid, { kind: "refresh" });
    return more;
  }

  /** Reads one conversation whole, both directions, before the rest of the log has come. */
  async readConversation(accountSid: string, pair: Pair): Promise<void> {
    const { state } = await this.#store.syncs.find(accountSid);
    if (state === "done" || (await this.#store.conversations.isComplete(accountSid, pair))) return;
    const ends = [
      { from: pair.twilioNumber, to: pair.target },
      { from: pair.target, to: pair.twilioNumber },
    ];
    const added = await Promise.all(ends.map((query) => this.#readAll(accountSid, query)));
    await this.#store.conversations.markComplete(accountSid, pair);
    if (added.some((count) => count > 0)) await this.#store.events.announce(accountSid, { kind: "refresh" });
  }

  async #part(accountSid: string, position: LogPosition, ahead: Ahead): Promise<LogPart> {
    const { next } = ahead;
    delete ahead.next;
    const isNext = next !== undefined && next.nextPage === position.nextPage;
    return isNext ? next.part : this.#reader.read(await this.#accounts.credentials(accountSid), position);
  }

  #ask(accountSid: string, position: LogPosition, ahead: Ahead): void {
    const part = this.#part(accountSid, position, {});
    // Whoever takes it hears of it; nobody may.
    part.catch(() => undefined);
    ahead.next = { nextPage: position.nextPage, part };
  }

  async #record(accountSid: string, messages: TwilioMessage[]): Promise<number> {
    const taken = await this.#store.messages.take(accountSid, messages, "history");
    return taken.filter(({ outcome }) => outcome !== "unchanged").length;
  }

  async #readAll(accountSid: string, ends: { from: string; to: string }): Promise<number> {
    const credentials = await this.#accounts.credentials(accountSid);
    let added = 0;
    let page = await this.#twilio.listMessages(credentials, { ...ends, pageSize });
    for (let pages = 1; ; pages += 1) {
      added += await this.#record(accountSid, page.messages);
      if (page.nextPage === null || pages === conversationPages) return added;
      page = await this.#twilio.listMessages(credentials, { page: page.nextPage });
    }
  }
}
