import type { MessageStatus } from "../types.ts";

const descriptions: Record<MessageStatus, { word: string; icon: string }> = {
  pending: { word: "Sending…", icon: "hourglass-split" },
  handed: { word: "Sending…", icon: "hourglass-split" },
  checking: { word: "Checking with Twilio…", icon: "question-circle" },
  refused: { word: "Not sent", icon: "x-circle" },
  unsent: { word: "Not sent", icon: "x-circle" },
  unconfirmed: { word: "Not sent", icon: "x-circle" },
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

const reasons: Partial<Record<MessageStatus, string>> = {
  unsent: "Parley was stopped before it could hand this message to Twilio, so it was not sent.",
  unconfirmed: "Twilio never confirmed this message and does not have it in its log, so it was not sent.",
};

/** Why a message counts as not sent without a word from Twilio; undefined when Twilio has said it. */
export function ownReason(status: MessageStatus): string | undefined {
  return reasons[status];
}
