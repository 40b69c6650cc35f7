import type { Request, Response } from "express";
import { skewOf } from "./clockSkew.ts";
import { moment, text } from "./format.ts";

const dayMs = 86_400_000;
const dayLength = "2026-11-25".length;

/** The range that a list is asked for by a field of dates, in milliseconds, both ends inclusive. Times have whole seconds, as Twilio's have. */
export function timeRange(
  { query }: Request,
  response: Response,
  { field, daysOnly = false }: { field: string; daysOnly?: boolean },
): [from: number, until: number] {
  const cut = (value: string) => (daysOnly ? value.slice(0, dayLength) : value);
  // Equal means on the same day, whatever the time of day: SDKs always send one.
  const day = text(query[field]).slice(0, dayLength);
  const from = cut(text(query[`${field}>`])) || day;
  const until = cut(text(query[`${field}<`])) || day;
  const skew = skewOf(response);
  return [from ? moment(from) - skew : -Infinity, until ? lastMoment(until) - skew : Infinity];
}

/** The end of the day or of the second that is asked for. */
export function lastMoment(value: string): number {
  return moment(value) + (value.length <= dayLength ? dayMs - 1 : 999);
}
