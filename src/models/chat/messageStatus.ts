import type { Message, MessageStatus } from "../types.ts";

// Twilio does not promise the order of status callbacks, so a status only ever moves to a higher rank.
const ranks: Record<MessageStatus, number> = {
  pending: 0,
  handed: 0,
  checking: 0,
  refused: 4,
  unsent: 4,
  unconfirmed: 4,
  accepted: 1,
  scheduled: 1,
  receiving: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  partially_delivered: 4,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
  received: 5,
  read: 6,
};

/** From here on nothing more will happen to the message, short of being read. */
export const finalRank = 5;

/** How far along a status is; only a higher rank replaces a lower one. */
export function rank(status: MessageStatus): number {
  return ranks[status];
}

type Progress = Pick<Message, "status" | "errorCode" | "errorMessage">;

/** The message after its status moved; the same when it would not be a move forward. Twilio may tell an error later than the status, but never takes one back. */
export function advanced(message: Message, told: Progress | undefined): Message {
  if (told === undefined || rank(told.status) < rank(message.status)) return message;
  const { errorCode, errorMessage } = message;
  const error = { errorCode: told.errorCode ?? errorCode, errorMessage: told.errorMessage ?? errorMessage };
  if (rank(told.status) > rank(message.status)) return { ...message, status: told.status, ...error };
  return told.status === message.status ? { ...message, ...error } : message;
}

const moves: Partial<Record<MessageStatus, readonly MessageStatus[]>> = {
  handed: ["pending"],
  unsent: ["pending"],
  checking: ["handed", "checking"],
  refused: ["handed", "checking"],
  unconfirmed: ["checking"],
};

/** Whether one of ours that has no SID may go from one to the other: what was never handed over was not sent, and the reverse. */
export function mayMove(from: MessageStatus, to: MessageStatus): boolean {
  return moves[to]?.includes(from) ?? false;
}

/** Nothing more will happen to the message, short of being read. */
export function isFinal(status: MessageStatus): boolean {
  return notSent.has(status) || ranks[status] >= finalRank;
}

/** Ours, and Twilio's answer is still to come. */
export function isInFlight(status: MessageStatus): boolean {
  return status === "pending" || status === "handed" || status === "checking";
}

/** Twilio or the carrier gave up on it, or it never left. */
export function isFailure(status: MessageStatus): boolean {
  return notSent.has(status) || status === "failed" || status === "undelivered" || status === "canceled";
}

// Ours to say that a message was not sent.
const notSent = new Set<MessageStatus>(["refused", "unsent", "unconfirmed"]);
const ours = new Set<string>(["pending", "handed", "checking", ...notSent]);

/** For a status that Twilio gives as text; undefined when Twilio has invented a new one. */
export function parseStatus(text: string): MessageStatus | undefined {
  return Object.hasOwn(ranks, text) && !ours.has(text) ? (text as MessageStatus) : undefined;
}
