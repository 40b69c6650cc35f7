import type { RequestHandler, Response } from "express";
import type { Faults } from "../world/faults.ts";
import { callOf } from "./apiFaults.ts";
import { iso8601, rfc2822 } from "./format.ts";

const defaultSkewMs = 20 * 60_000;

/** Lets Twilio's clock differ from this machine's: in the Date header, in every time told, and in every time asked for. */
export function clockSkew(faults: Faults): RequestHandler {
  return (request, response, next) => {
    const fault = faults.take(["date"], callOf(request));
    if (!fault) return next();
    const ms = fault.ms ?? defaultSkewMs;
    response.locals.skewMs = ms;
    response.setHeader("Date", new Date(Date.now() + ms).toUTCString());
    const send = response.json.bind(response);
    response.json = (body: unknown) => send(told(body, ms));
    next();
  };
}

/** How far Twilio's clock is ahead of this machine's. */
export function skewOf(response: Response): number {
  return (response.locals.skewMs as number | undefined) ?? 0;
}

function told(value: unknown, ms: number): unknown {
  if (Array.isArray(value)) return value.map((each) => told(each, ms));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      /^(date_|as_of)/.test(name) ? moved(each, ms) : told(each, ms),
    ]),
  );
}

function moved(time: unknown, ms: number): unknown {
  if (typeof time !== "string" || Number.isNaN(Date.parse(time))) return time;
  const at = new Date(Date.parse(time) + ms);
  return time.includes("T") && !time.includes(",") ? iso8601(at) : rfc2822(at);
}
