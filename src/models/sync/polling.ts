import type { Sync, TwilioNumber } from "../types.ts";

/** How often Twilio's log is looked at: every few seconds, or about once a minute because webhooks prove to work. */
export type Pace = "quick" | "slow";

/** Between rounds, in milliseconds. */
export type Pauses = Record<Pace, number>;

/** What a round came to. */
export interface RoundEnd {
  /** This process has the account's lease; otherwise another one looks. */
  isMine: boolean;
  /** Pages of the log are left to be read. */
  hasMore: boolean;
  /** Somebody has a page open. */
  isWatched: boolean;
  /** Nothing has been looked at since the start of the process. */
  isFirst: boolean;
  /** Messages are in the hands of a process that may turn out to be dead. */
  areOthersBusy: boolean;
  pace: Pace;
}

const longestPauseMs = 60_000;

/** When Twilio's log is looked at next, in milliseconds from now; undefined for not at all until somebody asks. */
export function pauseAfter(end: RoundEnd, pauses: Pauses): number | undefined {
  const pauseMs = end.isMine ? ownPause(end, pauses) : pauseForHolder(end, pauses);
  // Who was killed just now is not known to be dead yet.
  return end.areOthersBusy ? (pauseMs ?? pauses.quick) : pauseMs;
}

/** After so many failures in a row: ever longer, up to a minute. */
export function pauseAfterFailures(failures: number): number {
  return Math.min(1_000 * 2 ** failures, longestPauseMs);
}

function ownPause({ hasMore, isWatched, pace }: RoundEnd, pauses: Pauses): number | undefined {
  if (hasMore) return 0;
  return isWatched ? pauses[pace] : undefined;
}

// Whoever has the lease may be a process that was killed, so what it left undone is waited for even when nobody watches.
function pauseForHolder({ isFirst, isWatched }: RoundEnd, pauses: Pauses): number | undefined {
  return isFirst || isWatched ? pauses.quick : undefined;
}

/** What the pace depends on. */
export interface PaceFacts {
  sync: Pick<Sync, "webhookAt" | "webhookUrl">;
  numbers: Pick<TwilioNumber, "sms" | "smsUrl">[];
  /** Where Twilio shall post texts; undefined without a public address. */
  smsUrl: string | undefined;
}

/** Slow only when a signed webhook came to today's address and every number that takes texts posts them there. */
export function paceOf({ sync, numbers, smsUrl }: PaceFacts): Pace {
  if (smsUrl === undefined || sync.webhookAt === null) return "quick";
  const proved = sync.webhookUrl !== null && isSameAddress(sync.webhookUrl, smsUrl);
  const connected = numbers.every((number) => !number.sms || isSameAddress(number.smsUrl, smsUrl));
  return proved && connected ? "slow" : "quick";
}

// What follows a # are Twilio's own connection overrides, which say nothing about where it posts.
function isSameAddress(one: string, other: string): boolean {
  return one.split("#")[0] === other.split("#")[0];
}
