import type { Sync } from "../types.ts";

// Three of the slow looks at Twilio's log.
const longestMs = 3 * 60_000;

/** Whether Twilio's log could not be read for so long that pages may lack something; `now` by Twilio's clock. */
export function isSilent({ state, seenUntil }: Pick<Sync, "state" | "seenUntil">, now: Date): boolean {
  return state === "done" && seenUntil !== null && now.getTime() - seenUntil.getTime() > longestMs;
}
