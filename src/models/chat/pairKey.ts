import type { Pair } from "../types.ts";

/** One Twilio number with one target, as a key. */
export function pairKey({ twilioNumber, target }: Pair): string {
  return `${twilioNumber} ${target}`;
}
