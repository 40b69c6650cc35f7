import type { MessageStatus } from "../types.ts";

// Twilio does not promise the order of status callbacks, so a status only ever moves to a higher rank.
const ranks: Record<MessageStatus, number> = {
  pending: 0,
  checking: 0,
  refused: 4,
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

/** Only a higher rank replaces a lower one (twilio's callback order is not guaranteed). */
export function rank(status: MessageStatus): number {
  return ranks[status];
}

/** Nothing more will happen to the message, short of being read. */
export function isFinal(status: MessageStatus): boolean {
  return status === "refused" || ranks[status] >= 5;
}

/** Twilio or the carrier gave up on it. */
export function isFailure(status: MessageStatus): boolean {
  return status === "refused" || status === "failed" || status === "undelivered" || status === "canceled";
}

const ours = new Set(["pending", "checking", "refused"]);

/** For a status that Twilio gives as text; undefined when Twilio has invented a new one. */
export function parseStatus(text: string): MessageStatus | undefined {
  return Object.hasOwn(ranks, text) && !ours.has(text) ? (text as MessageStatus) : undefined;
}

const descriptions: Record<MessageStatus, { word: string; icon: string }> = {
  pending: { word: "Sending…", icon: "hourglass-split" },
  checking: { word: "Checking with Twilio…", icon: "question-circle" },
  refused: { word: "Not sent", icon: "x-circle" },
  accepted: { word: "Accepted by Twilio", icon: "clock" },
  scheduled: { word: "Scheduled", icon: "clock" },
  queued: { word: "Queued at Twilio", icon: "clock" },
  sending: { word: "Sending…", icon: "hourglass-split" },
  sent: { word: "Sent", icon: "check" },
  partially_delivered: { word: "Partly delivered", icon: "check" },
  delivered: { word: "Delivered", icon: "check-all" },
  undelivered: { word: "Not delivered", icon: "exclamation-circle" },
  failed: { word: "Not sent", icon: "x-circle" },
  canceled: { word: "Canceled", icon: "x-circle" },
  read: { word: "Read", icon: "eye" },
  receiving: { word: "Arriving…", icon: "hourglass-split" },
  received: { word: "Received", icon: "check" },
};

/** The state in words for people, and the name of its icon. */
export function describeStatus(status: MessageStatus): { word: string; icon: string } {
  return descriptions[status];
}
