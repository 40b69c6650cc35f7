import type { TwilioClock } from "../models/chat/twilio.ts";

// The Date header has whole seconds, and an answer takes its time.
const toleranceMs = 2_000;
const longestAnswerMs = 5_000;

/** Learns Twilio's time from the Date header of its answers. */
export class AnsweredClock implements TwilioClock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() - this.#aheadMs);
  }

  aheadMs(): number {
    return this.#aheadMs;
  }

  /** `tookMs`: how long the answer took; one that took long tells too little about now. */
  hear(dateHeader: unknown, tookMs: number): void {
    const told = new Date(typeof dateHeader === "string" ? dateHeader : NaN).getTime();
    if (Number.isNaN(told) || tookMs > longestAnswerMs) return;
    const aheadMs = Math.round(Date.now() - tookMs / 2 - (told + 500));
    this.#aheadMs = Math.abs(aheadMs) > toleranceMs ? aheadMs : 0;
  }
}
