import { memoised } from "./memoised.ts";

// Times as the server can tell them: in UTC. The browser puts them into the reader's own zone (browser/times.ts).

const monthDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const fullDate = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

const dayOnly = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

const minuteMs = 60_000;
// Formatting takes longer than all else of a bubble, and many are of the same minutes.
const ofMinute = memoised((minute) => `${fullDate.format(Number(minute) * minuteMs)} UTC`, 5_000);

/** "Nov 3, 2026, 2:05 PM UTC" */
export function exactTime(at: Date): string {
  return ofMinute(String(Math.floor(at.getTime() / minuteMs)));
}

/** "Nov 3, 2026" */
export function dayOf(at: Date): string {
  return dayOnly.format(at);
}

const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "1 minute", "20 minutes", "24 hours", "3 days" */
export function span(ms: number): string {
  if (ms < 2 * hourMs) return counted(ms / minuteMs, "minute");
  return ms < 2 * dayMs ? counted(ms / hourMs, "hour") : counted(ms / dayMs, "day");
}

/** "now", "5 min", "3 h", "Tue", "Nov 3", "Nov 3, 2024": how long ago, short enough for a list. */
export function shortTime(at: Date, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  const sameYear = at.getUTCFullYear() === now.getUTCFullYear();
  return sameYear ? monthDay.format(at) : `${monthDay.format(at)}, ${at.getUTCFullYear()}`;
}

function counted(count: number, unit: string): string {
  return new Intl.NumberFormat("en", {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 0,
  }).format(count);
}
