import type { Sync, TwilioNumber } from "../types.ts";

/** How often Twilio's log is looked at: every few seconds, or about once a minute because webhooks prove to work. */
export type Pace = "quick" | "slow";

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
