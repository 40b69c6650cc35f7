import type { SandboxMessage } from "../world/resources.ts";

const carrierWords: Record<number, string> = {
  30003: "phone off or unreachable",
  30005: "number unknown or out of service",
  30006: "landline or unreachable carrier",
  30007: "filtered by the carrier",
  30008: "unknown error",
};

/** Error codes that a message can be made to fail with, and what they mean to a person. */
export const failures = Object.entries(carrierWords).map(([code, words]) => ({ code: Number(code), words }));

const states: Record<string, [word: string, icon: string]> = {
  accepted: ["Accepted", "clock"],
  scheduled: ["Scheduled", "clock"],
  queued: ["Queued", "clock"],
  sending: ["Sending", "clock"],
  sent: ["Sent", "check-lg"],
  delivered: ["Delivered", "check-all"],
  undelivered: ["Undelivered", "exclamation-circle"],
  failed: ["Failed", "exclamation-circle"],
  canceled: ["Canceled", "slash-circle"],
};

export function stateOf({ status, errorCode }: SandboxMessage) {
  const [word, icon] = states[status] ?? [status, "question-circle"];
  const reason = errorCode === null ? "" : (carrierWords[errorCode] ?? "");
  const failed = status === "undelivered" || status === "failed";
  return { word: errorCode === null ? word : `${word} · ${errorCode}`, icon, reason, failed };
}
