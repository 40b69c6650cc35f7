import { parsePhoneNumberFromString } from "libphonenumber-js/max";

const longestBacklogMs = 10 * 60 * 60 * 1_000;

/** Lets each sender's segments leave no faster than Twilio does. */
export class SenderQueue {
  readonly #freeAt = new Map<string, number>();

  isFull(from: string): boolean {
    return (this.#freeAt.get(from) ?? 0) - Date.now() > longestBacklogMs;
  }

  /** Takes the next place in the sender's queue; milliseconds until it may leave. */
  turn(from: string, to: string, segments: number): number {
    const now = Date.now();
    const start = Math.max(this.#freeAt.get(from) ?? 0, now);
    this.#freeAt.set(from, start + (Math.max(segments, 1) * 1_000) / segmentsPerSecond(from, to));
    return start - now;
  }
}

// https://help.twilio.com/articles/115002943027
function segmentsPerSecond(from: string, to: string): number {
  const sender = parsePhoneNumberFromString(from);
  const country = parsePhoneNumberFromString(to)?.country ?? "";
  if (country !== "US" && country !== "CA") return 10;
  return sender?.getType() === "TOLL_FREE" ? 3 : 1;
}
