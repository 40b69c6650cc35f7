import type { Conversation, Direction, MediaPart, Message, Pair } from "../types.ts";
import type { Phrase } from "../words.ts";
import type { Source, Taken, Told } from "./told.ts";

/** Who stands behind an address (address.ts), with the name that people here gave them. */
export interface NamedPerson {
  person: string;
  name: string;
}

/** Kept: Twilio does not know these. */
export interface PeopleStore {
  count(accountSid: string): Promise<number>;
  list(accountSid: string): Promise<NamedPerson[]>;
  /** Adds and renames in one commit; names that are not among these stay. Throws Invalid when there would be more than `most`. */
  restore(
    accountSid: string,
    people: NamedPerson[],
    most: number,
  ): Promise<{ restored: number; same: number }>;
}

export interface TargetStore {
  /** Adds the target and opens its conversation with the Twilio number; a name given replaces the old one. */
  add(accountSid: string, pair: Pair, name: string | null): Promise<void>;
  rename(accountSid: string, phoneNumber: string, name: string | null): Promise<void>;
}

/** Which conversations a list has: all, those with unread texts, those in which the last word is theirs. */
export type ListFilter = "all" | "unread" | "waiting";

/** A row of the list: its target, and when its last message was; null without messages. */
export interface ListPosition {
  target: string;
  lastAt: Date | null;
}

/** Another conversation with the same target. */
export interface Elsewhere extends Pair {
  unread: number;
}

export interface ConversationStore {
  /**
   * Those of this Twilio number: with messages first, newest first; then those that were only added. `after` leaves out
   * everything up to that row.
   */
  list(
    accountSid: string,
    twilioNumber: string,
    page: { limit: number; filter?: ListFilter; after?: ListPosition },
  ): Promise<Conversation[]>;
  /** Also for a pair that has no messages yet; undefined when the target is not known. */
  find(accountSid: string, pair: Pair): Promise<Conversation | undefined>;
  /** The target's conversations under other Twilio numbers, with messages, the latest begun first; at most ten. */
  elsewhere(accountSid: string, pair: Pair): Promise<Elsewhere[]>;
  /** The pair with the newest message, optionally on one Twilio number. */
  newest(accountSid: string, twilioNumber?: string): Promise<Pair | undefined>;
  /** Every Twilio number with messages, also those that the account no longer has. */
  twilioNumbers(accountSid: string): Promise<string[]>;
  /** Unread messages of each of them; counted exactly up to a hundred. */
  unreadByNumber(accountSid: string): Promise<Map<string, number>>;
  /** Nothing unread from now on; announces only when something was. */
  markRead(accountSid: string, pair: Pair): Promise<void>;
  /** True once the whole conversation has been read from Twilio's log. */
  isComplete(accountSid: string, pair: Pair): Promise<boolean>;
  markComplete(accountSid: string, pair: Pair): Promise<void>;
}

/** Which messages are looked for: those that all of this is true of. */
export interface MessageSearch {
  /** One phrase of each is in the text. */
  all: Phrase[][];
  none: Phrase[];
  direction?: Direction | undefined;
  /** In conversations with one of these addresses. */
  targets?: string[] | undefined;
  /** On one of these Twilio numbers. */
  twilioNumbers?: string[] | undefined;
  pair?: Pair | undefined;
  hasMedia: boolean;
  hasLink: boolean;
  isFailed: boolean;
  isUnread: boolean;
  /** Sent or received at `from` or later, before `until`. */
  from?: Date | undefined;
  until?: Date | undefined;
}

/** Which people are looked for: of each word, a word of the name begins with it; or the number has these digits. */
export interface PersonSearch {
  words: string[];
  /** Several ways to write one number; empty when none is looked for. */
  digits: string[];
}

export interface SearchStore {
  /** Newest first; with `after`, the id of a message, only older ones than that. */
  messages(
    accountSid: string,
    search: MessageSearch,
    page: { limit: number; after?: string | undefined },
  ): Promise<FoundMessage[]>;
  /** Each with the conversation they were last active in, the latest first. */
  people(accountSid: string, search: PersonSearch, limit: number): Promise<Conversation[]>;
}

export interface FoundMessage extends Message {
  /** The target's name, if it has one. */
  name: string | null;
}

/** One of ours on its way, as it is kept before Twilio knows of it. */
export interface Draft extends Pair {
  /** The one-time id of its form. */
  id: string;
  body: string;
  at: Date;
  /** The process that hands it to Twilio. */
  holder: string;
}

export interface ThreadPage {
  limit: number;
  before?: Pick<Message, "at" | "id"> | undefined;
  since?: Pick<Message, "at" | "id"> | undefined;
}

export interface MessageStore {
  /**
   * The one way in, idempotent by MessageSid: see intake.ts for the rules. Message, conversation, target, unread count,
   * opt-outs and events are one transaction, shared by all calls that come at the same time. Answers in the order of what was told.
   */
  take(accountSid: string, told: Told[], source: Source): Promise<Taken[]>;
  /** Adds an outbound message as `pending`; when the id exists, returns the one that is there with created false. */
  addPending(accountSid: string, draft: Draft): Promise<{ message: Message; created: boolean }>;
  /** Moves one of ours that has no SID yet; false when it stands elsewhere by now (messageStatus.mayMove). */
  mark(
    accountSid: string,
    id: string,
    status: "handed" | "checking" | "refused" | "unsent" | "unconfirmed",
    error?: { code: number | null; message: string },
  ): Promise<boolean>;
  /** Follows a deletion at Twilio. */
  remove(accountSid: string, sid: string): Promise<void>;
  find(accountSid: string, id: string): Promise<Message | undefined>;
  /** Newest `limit` messages of the pair, older than `before` when given, or else the oldest from `since` on; oldest first. */
  thread(accountSid: string, pair: Pair, page: ThreadPage): Promise<Message[]>;
  /** SIDs, among these, that are cached. */
  known(accountSid: string, sids: string[]): Promise<Set<string>>;
  /** Cached messages with a SID and `at` within [from, until]. */
  between(accountSid: string, from: Date, until: Date): Promise<Message[]>;
  /** Outbound messages of the last two days with a SID short of a final state, last touched before `before`, oldest first. */
  unsettled(accountSid: string, before: Date, limit: number): Promise<Message[]>;
  /** `pending`, `handed` or `checking` messages of the account, with the process that has them in hand. */
  inFlight(accountSid: string): Promise<(Message & { holder: string })[]>;
}

/** What messages bring beside their words. `take` keeps the parts that a webhook tells; messages found carry them. */
export interface MediaStore {
  /** Notes which parts the message has, also that there are none any more, and announces it as changed if that is news. */
  keep(accountSid: string, messageId: string, parts: MediaPart[]): Promise<void>;
  /** The path of the cached bytes of a part; undefined when they have to be fetched. */
  file(accountSid: string, sid: string): Promise<string | undefined>;
  /** Caches the bytes, and returns their path. Throws what reading them throws. */
  keepFile(accountSid: string, sid: string, content: AsyncIterable<Uint8Array>): Promise<string>;
}
