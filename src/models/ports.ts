// What the models ask of the outside, on one page.
import type {
  Account,
  AvailableNumber,
  Change,
  Conversation,
  Country,
  Credentials,
  LiveEvent,
  Message,
  MessageStatus,
  NumberType,
  Pair,
  Sync,
  Target,
  TwilioMessage,
  TwilioNumber,
} from "./types.ts";

/**
 * The cache. Every call that changes something commits before it resolves and tells open pages in the same commit; it
 * throws NotFound when nobody is signed in to the account, so that nothing is kept for it after a sign-out.
 */
export interface Store {
  accounts: AccountStore;
  numbers: NumberStore;
  targets: TargetStore;
  conversations: ConversationStore;
  messages: MessageStore;
  syncs: SyncStore;
  events: EventStore;
  leases: LeaseStore;
  /** Resolves when the store answers; rejects with StoreUnavailable. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface AccountStore {
  /** Adds or replaces; the token is encrypted at rest. */
  save(account: Account, authToken: string): Promise<void>;
  find(sid: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** The Auth Token in clear; undefined when nobody is signed in to that account (or the secret has changed). */
  authToken(sid: string): Promise<string | undefined>;
  /** Removes the account, its token, sessions and everything cached for it, so that no byte of it is left on disk. */
  erase(sid: string): Promise<void>;
}

export interface NumberStore {
  /** Makes the cached list equal to this one; announces `numbers` only when it differs. */
  replaceAll(accountSid: string, numbers: TwilioNumber[]): Promise<void>;
  /** By creation, oldest first. */
  list(accountSid: string): Promise<TwilioNumber[]>;
}

export interface TargetStore {
  /** Adds the target and opens its conversation with the Twilio number; a name given replaces the old one. */
  add(accountSid: string, pair: Pair, name: string | null): Promise<void>;
  rename(accountSid: string, phoneNumber: string, name: string | null): Promise<void>;
  find(accountSid: string, phoneNumber: string): Promise<Target | undefined>;
}

export interface ConversationStore {
  /**
   * One per target of the account, as seen from this Twilio number: those with messages first, newest first; then the
   * rest by the target's latest activity on any number. `search` matches a part of name or number.
   */
  list(
    accountSid: string,
    twilioNumber: string,
    page: { limit: number; search?: string },
  ): Promise<Conversation[]>;
  /** Also for a pair that has no messages yet; undefined when the target is not known. */
  find(accountSid: string, pair: Pair): Promise<Conversation | undefined>;
  /** The pair with the newest message, optionally on one Twilio number. */
  newest(accountSid: string, twilioNumber?: string): Promise<Pair | undefined>;
  /** Unread messages by Twilio number, also of numbers that the account no longer has; every number with messages has an entry. */
  unreadByNumber(accountSid: string): Promise<Map<string, number>>;
  /** Nothing unread from now on; announces only when something was. */
  markRead(accountSid: string, pair: Pair): Promise<void>;
  /** What the whole conversation says, whatever was known before. */
  correctOptOut(accountSid: string, pair: Pair, since: Date | null): Promise<void>;
  /** A change no newer than the one already known is ignored. */
  setOptOut(accountSid: string, pair: Pair, optedOut: boolean, at: Date): Promise<void>;
  /** True once the whole conversation has been read from Twilio's log. */
  isComplete(accountSid: string, pair: Pair): Promise<boolean>;
  markComplete(accountSid: string, pair: Pair): Promise<void>;
}

/** How a batch of Twilio's messages came: a webhook carries no time and never rewrites; the log is the truth. */
export interface RecordOptions {
  source: "webhook" | "log";
  /** New inbound messages count as unread. */
  unread: boolean;
  /** Tell open pages about each message; false for history, which refreshes pages as a whole. */
  announce: boolean;
}

export interface Recorded {
  sid: string;
  outcome: "added" | "changed" | "unchanged";
  /** When the message was said, as the cache has it: a repeated webhook keeps the time of the first. */
  at: Date;
}

export interface MessageStore {
  /**
   * The one way in, idempotent by MessageSid. New messages are added with their target and conversation; known ones
   * move forward in status only (messageStatus.rank), and from the log also take body, error and time. Concurrent calls share transactions.
   * From the log, an outbound message that may be one of ours still on its way (same pair, ending in our body, `pending` or `checking`, log time
   * not before it minus a minute) is left alone: its own send will claim it.
   */
  record(accountSid: string, messages: TwilioMessage[], options: RecordOptions): Promise<Recorded[]>;
  /** Adds an outbound message as `pending`; when the id exists, returns the one that is there with created false. */
  addPending(
    accountSid: string,
    message: Pair & { id: string; body: string; at: Date },
  ): Promise<{ message: Message; created: boolean }>;
  /** Takes over Twilio's answer for one of ours; a row that a webhook or poll already made for that SID is merged into it. */
  accept(accountSid: string, id: string, accepted: TwilioMessage): Promise<void>;
  /** Moves one of ours that has no SID yet to `pending`, `checking` or `refused`; does nothing once it has a SID. */
  mark(
    accountSid: string,
    id: string,
    status: "pending" | "checking" | "refused",
    error?: { code: number | null; message: string },
  ): Promise<void>;
  /** A status callback: forward only; false when the SID is not known. */
  advance(accountSid: string, sid: string, status: MessageStatus, errorCode: number | null): Promise<boolean>;
  /** Follows a deletion at Twilio. */
  remove(accountSid: string, sid: string): Promise<void>;
  find(accountSid: string, id: string): Promise<Message | undefined>;
  /** Newest `limit` messages of the pair, older than `before` when given; oldest first. */
  thread(
    accountSid: string,
    pair: Pair,
    page: { limit: number; before?: { at: Date; id: string } },
  ): Promise<Message[]>;
  /** SIDs, among these, that are cached. */
  known(accountSid: string, sids: string[]): Promise<Set<string>>;
  /** Cached messages with a SID and `at` within [from, until]. */
  between(accountSid: string, from: Date, until: Date): Promise<Message[]>;
  /** Outbound messages of the last two days with a SID short of a final state, last touched before `before`, oldest first. */
  unsettled(accountSid: string, before: Date, limit: number): Promise<Message[]>;
  /** `pending` or `checking` messages without a SID, of all accounts when none is given. */
  inFlight(accountSid?: string): Promise<(Message & { accountSid: string })[]>;
}

export interface SyncStore {
  /** A fresh `idle` one when none was saved. */
  find(accountSid: string): Promise<Sync>;
  /** Merges the given fields; announces `sync` when state or count changed or the first webhook arrived. */
  update(accountSid: string, change: Partial<Sync>): Promise<void>;
}

export interface EventStore {
  /** Announces a change that no other call announces. */
  announce(accountSid: string, change: Change): Promise<void>;
  /** The newest event's id of any account, 0 when there is none. */
  cursor(): Promise<number>;
  /** Events of the account after `id`, oldest first; undefined when events after `id` may have been pruned already. */
  since(accountSid: string, id: number): Promise<LiveEvent[] | undefined>;
  /** Calls the listener with every committed event of every account and instance, in order, until the returned function is called. */
  listen(listener: (events: LiveEvent[]) => void): () => void;
}

export interface LeaseStore {
  /** True when the holder has the lease now, newly or still; it lapses after `ttlMs` unless taken again. */
  take(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Twilio. Every call may throw the errors of errors.ts: BadCredentials, TwilioRefused, TwilioBusy, TwilioUnreachable, AnswerLost. */
export interface TwilioApi {
  /** Who these credentials belong to. */
  fetchAccount(credentials: Credentials): Promise<Account>;
  sendMessage(
    credentials: Credentials,
    message: Pair & { body: string; statusCallback: string | undefined },
  ): Promise<TwilioMessage>;
  fetchMessage(credentials: Credentials, sid: string): Promise<TwilioMessage | undefined>;
  /** One page of the log, newest first. Messages without both ends (a Service still choosing) are left out. */
  listMessages(credentials: Credentials, query: LogQuery | { page: string }): Promise<LogPage>;
  listNumbers(credentials: Credentials): Promise<TwilioNumber[]>;
  listCountries(credentials: Credentials): Promise<Country[]>;
  /** Numbers of every type that Twilio sells there, with prices. */
  listAvailable(credentials: Credentials, search: AvailableSearch): Promise<AvailableNumber[]>;
  buyNumber(credentials: Credentials, phoneNumber: string, smsUrl: string | undefined): Promise<TwilioNumber>;
  setSmsUrl(credentials: Credentials, numberSid: string, smsUrl: string): Promise<void>;
}

export interface AvailableSearch {
  country: string;
  /** Only this type when given. */
  type?: NumberType;
  /** Digits or letters that the number contains. */
  contains?: string;
}

export interface LogQuery {
  from?: string;
  to?: string;
  /** Inclusive bounds on Twilio's date_sent. */
  sentAfter?: Date;
  sentBefore?: Date;
  /** 1 to 1,000. */
  pageSize: number;
}

export interface LogPage {
  messages: TwilioMessage[];
  /** Pass as `page` to go on; null at the end. */
  nextPage: string | null;
}

/** The open pages. */
export interface Live {
  /** Accounts that at least one open page of this instance shows. */
  watched(): string[];
  /** Calls the listener when an account gets its first watcher. */
  onWatch(listener: (accountSid: string) => void): void;
  /** Streams what the account's pages must hear, from the event after `after` on, until the returned function is called. */
  open(accountSid: string, after: number, sink: EventSink): Promise<() => void>;
  /** What happened after `after`, at once. */
  replay(accountSid: string, after: number): Promise<Replay>;
}

/** Turbo Streams, and the event id they lead up to. */
export interface Replay {
  html: string;
  cursor: number;
}

/** Where a stream goes: one open response. */
export interface EventSink {
  write(text: string): void;
  end(): void;
}

/** Where the stream of events stands now, for a page to start from. */
export type LiveCursor = Pick<EventStore, "cursor">;

/** Whether Twilio signed this form for this URL with this Auth Token; false for a missing signature, never throws. */
export type VerifySignature = (
  authToken: string,
  signature: string | undefined,
  url: string,
  form: Record<string, string | string[]>,
) => boolean;
