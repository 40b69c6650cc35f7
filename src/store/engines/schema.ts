import type { Generated, Selectable } from "kysely";
import type { Direction, MessageStatus, OptOutEffect, Sync } from "../../models/types.ts";

// Times are milliseconds since 1970, facts are 0 or 1: the two things that both engines store alike.

export interface Tables {
  accounts: AccountTable;
  account_keys: AccountKeyTable;
  numbers: NumberTable;
  people: PersonTable;
  targets: TargetTable;
  conversations: ConversationTable;
  messages: MessageTable;
  media: MediaTable;
  waiting_callbacks: WaitingCallbackTable;
  syncs: SyncTable;
  events: EventTable;
  leases: LeaseTable;
  tokens: TokenTable;
  sessions: SessionTable;
}

interface AccountTable {
  sid: string;
  friendly_name: string;
  type: "Trial" | "Full";
  status: "active" | "suspended" | "closed";
  /** Until when the last of its sessions may rest. */
  attended_until: number;
  /** It was logged out, and what it had is being erased. */
  leaving: Generated<number>;
}

/** What messages name their account by: a number is shorter than its SID, of which each index would repeat it. */
interface AccountKeyTable {
  key: Generated<number>;
  account_sid: string;
  /** How its messages' words were made (wordCatchUp), when they are all in the index. */
  words_version: Generated<number>;
}

interface TokenTable {
  account_sid: string;
  id: string;
  sealed_token: string;
  /** When somebody last signed in with it. */
  used_at: number;
}

interface NumberTable {
  account_sid: string;
  sid: string;
  phone_number: string;
  friendly_name: string;
  voice: number;
  sms: number;
  mms: number;
  sms_url: string;
  created_at: number;
  updated_at: number;
}

/** Kept: what people made here. */
interface PersonTable {
  account_sid: string;
  /** A phone number, or whatever stands behind an address. */
  person: string;
  name: string;
  /** What searches look at. */
  folded_name: string;
}

interface TargetTable {
  account_sid: string;
  phone_number: string;
  person: string;
  channel: string;
  /** When it was added or last texted with, on any Twilio number. */
  active_at: number;
}

interface ConversationTable {
  key: Generated<number>;
  account_sid: string;
  twilio_number: string;
  target: string;
  last_body: string | null;
  last_direction: Direction | null;
  last_num_media: number | null;
  last_status: MessageStatus | null;
  last_at: number | null;
  unread: number;
  opted_out_at: number | null;
  /** Of the newest message that went through a Messaging Service. */
  service_sid: string | null;
  complete: number;
}

interface MessageTable {
  /** Grows with its time (messageKeys). */
  key: number;
  /** Keys of its account and conversation. */
  account: number;
  conversation: number;
  id: string;
  /** `=` where the id is Twilio's SID: for all but those that were sent from here. */
  sid: string | null;
  direction: Direction;
  body: string;
  status: MessageStatus;
  status_rank: number;
  error_code: number | null;
  error_message: string | null;
  num_media: number;
  at: number;
  opt_out: OptOutEffect | null;
  service_sid: string | null;
  redacted: number;
  /** The process that hands it to Twilio; empty for messages that came from Twilio. */
  holder: string;
  /** When we last heard of it. */
  touched_at: number;
}

/** The parts of a message, from position 0 on. */
interface MediaTable {
  account: number;
  /** The id of its message. */
  message: string;
  position: number;
  /** Empty in the only row of a message whose parts Twilio has no more. */
  sid: string;
  content_type: string;
}

interface WaitingCallbackTable {
  account_sid: string;
  sid: string;
  /** A Told as JSON. */
  told: string;
  at: number;
}

interface SyncTable {
  account_sid: string;
  state: Sync["state"];
  next_page: string | null;
  count: number;
  oldest_at: number | null;
  seen_until: number | null;
  swept_at: number | null;
  webhook_at: number | null;
  webhook_url: string | null;
  pace: Sync["pace"];
  /** `Sync.gaps` as JSON. */
  gaps: string;
}

interface EventTable {
  id: Generated<number>;
  account_sid: string;
  /** A Change as JSON. */
  change: string;
  at: number;
}

interface LeaseTable {
  name: string;
  holder: string;
  expires_at: number;
}

interface SessionTable {
  hashed_id: string;
  account_sid: string;
  token_id: string;
  sealed_data: string;
  created_at: number;
  expires_at: number;
}

export type AccountRow = Selectable<AccountTable>;
export type SessionRow = Selectable<SessionTable>;
export type NumberRow = Selectable<NumberTable>;
export type MessageRow = Selectable<MessageTable>;
export type SyncRow = Selectable<SyncTable>;
