// The nouns as plain data. Times are Date (UTC instants); phone numbers are E.164 unless a docstring says otherwise.

/**
 * Where a message stands. The first six are ours, for a message without a SID: waiting for its turn, the call to Twilio
 * under way, its answer lost, Twilio's no, never handed to Twilio, handed but not in its log. The rest are Twilio's words.
 */
export type MessageStatus =
  | "pending"
  | "handed"
  | "checking"
  | "refused"
  | "unsent"
  | "unconfirmed"
  | "accepted"
  | "scheduled"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "canceled"
  | "read"
  | "receiving"
  | "received"
  | "partially_delivered";

export type Direction = "inbound" | "outbound";

export interface Credentials {
  accountSid: string;
  authToken: string;
}

/** A Twilio account this server is signed in to. The Auth Token is never part of it. */
export interface Account {
  sid: string;
  friendlyName: string;
  type: "Trial" | "Full";
  status: "active" | "suspended" | "closed";
}

/** A phone number that the account owns. */
export interface TwilioNumber {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  voice: boolean;
  sms: boolean;
  mms: boolean;
  smsUrl: string;
  createdAt: Date;
  updatedAt: Date;
}

/** Somebody the account texts with: usually E.164, but also a short code, an alphanumeric sender or another channel's address. */
export interface Target {
  phoneNumber: string;
  name: string | null;
}

/** One Twilio number with one target: the key of a conversation. */
export interface Pair {
  twilioNumber: string;
  target: string;
}

export interface Conversation extends Pair {
  /** The target's name, if it has one. */
  name: string | null;
  /** Null while nothing was ever said here. */
  lastMessage: Pick<Message, "body" | "direction" | "numMedia" | "status" | "at"> | null;
  /** The types of what the last message brought without a word, as far as they are known. */
  lastMedia?: string[];
  /** Inbound messages that came since anybody looked. */
  unread: number;
  /** Since when Twilio refuses messages to this target, or null. */
  optedOutAt: Date | null;
}

/** A picture or file of a message: Twilio's SID of it (ME…), and its type as `contentTypeOf` (chat/mediaTypes.ts) writes it. */
export type MediaPart = { sid: string; contentType: string };

export interface Message extends Pair {
  /** Ours: the one-time id of the form it was sent with, or the SID of a message first seen at Twilio. */
  id: string;
  /** Twilio's, null until Twilio has accepted the message. */
  sid: string | null;
  direction: Direction;
  body: string;
  status: MessageStatus;
  errorCode: number | null;
  /** Twilio's own words about the error, or null. */
  errorMessage: string | null;
  numMedia: number;
  /** Its parts in order, as threads and pages show them: empty when Twilio has none any more, undefined while it is not known. */
  media?: MediaPart[];
  /** When it was sent or received; the order of a thread is (at, id). */
  at: Date;
  /** What it does to the person's opt-out at Twilio, or null. */
  optOut: OptOutEffect | null;
  /** Of the Messaging Service it went through, or null. */
  serviceSid: string | null;
  /** Twilio had removed the text before we heard of it. */
  redacted: boolean;
}

/** STOP and START are the person's words; a refusal (21610) says that a STOP is in force that we may not have seen. */
export type OptOutEffect = "stop" | "start" | "refused";

/** A message as Twilio has it: in its log, or in the answer to a send. */
export interface TwilioMessage extends Pair {
  sid: string;
  direction: Direction;
  body: string;
  status: MessageStatus;
  errorCode: number | null;
  errorMessage: string | null;
  numMedia: number;
  /** Whole seconds by Twilio's clock; null when Twilio's entry has no readable time. */
  at: Date | null;
  /** Of the Messaging Service it went through, or null. */
  serviceSid: string | null;
}

/** A number Twilio could sell us. */
export interface AvailableNumber {
  phoneNumber: string;
  friendlyName: string;
  locality: string | null;
  region: string | null;
  type: NumberType;
  voice: boolean;
  sms: boolean;
  mms: boolean;
  /** Twilio asks for a registered address before it sells this number. */
  needsAddress: boolean;
  /** Decimal string as Twilio gives it, null when Twilio names no price. */
  monthlyPrice: string | null;
  /** ISO 4217, e.g. "USD". */
  currency: string;
}

export type NumberType = "local" | "mobile" | "tollFree";

export interface Country {
  /** ISO 3166 alpha-2, e.g. "US". */
  code: string;
  name: string;
}

/** Where the reading of Twilio's log goes on. */
export interface LogPosition {
  /** Twilio's link to the page that comes next; null when it goes on from a time, or from the newest message. */
  nextPage: string | null;
  /** The oldest message read so far. */
  oldestAt: Date | null;
}

/** A stretch of Twilio's log that is still to be read, back to `since`. */
export interface Gap extends LogPosition {
  since: Date;
}

/** How far the account's message log has been brought into the cache. */
export interface Sync extends LogPosition {
  state: "idle" | "running" | "waiting" | "done";
  /** Messages of the past read so far. */
  count: number;
  /** What looks found to be more than a page, oldest first; empty when nothing is missing. */
  gaps: Gap[];
  /** Everything in Twilio's log up to here was seen; null before the first look. */
  seenUntil: Date | null;
  /** When the log's last two days were last read again as a whole. */
  sweptAt: Date | null;
  /** When a signed webhook last arrived for this account; null when none ever did. */
  webhookAt: Date | null;
  /** To which address of ours it came. */
  webhookUrl: string | null;
  /** How often the log is looked at while somebody watches; null before the first time. */
  pace: "quick" | "slow" | null;
}

/** Something that open pages must hear about. `id` grows in the order of commits, across accounts and instances. */
export interface LiveEvent {
  id: number;
  accountSid: string;
  change: Change;
}

export type Change =
  | { kind: "received"; messageId: string }
  | { kind: "changed"; messageId: string }
  | ({ kind: "conversation" } & Pair)
  | { kind: "messageRemoved"; messageId: string }
  | { kind: "numbers" }
  | { kind: "sync" }
  | { kind: "refresh" }
  | { kind: "sessionsEnded"; sessionIds: string[] }
  | { kind: "signedOut" };
