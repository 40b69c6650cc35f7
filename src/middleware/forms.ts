import express, { type RequestHandler } from "express";
import { networkOf } from "../models/account/network.ts";
import { Slots } from "../models/slots.ts";

/** Strangers only sign in, or are handed back what they typed before their session ended. */
const strangersBytes = 32 * 1_024;
const largestBytes = 256 * 1_024;
const mostFields = 1_000;
// In bytes: a form waits in memory until it is whole, and whoever sends it may take their time.
export const formTerms = {
  ...{ name: "formsAtOnce", each: 4 * 1_024 * 1_024, all: 64 * 1_024 * 1_024, retryAfterSeconds: 5 },
  sentence: "Too much is being sent at once. Wait a moment, then try again.",
};

/** Reads the forms of pages: those of strangers short, and of each network and of all together only so much at once. */
export function forms(): RequestHandler {
  const slots = new Slots(formTerms);
  const [short, long] = [formsUpTo(strangersBytes, slots), formsUpTo(largestBytes, slots)];
  return (request, response, next) => {
    const read = request.session.accountSid === undefined ? short : long;
    read(request, response, next);
  };
}

/** Reads forms up to so many bytes, as long as there are slots for them. */
export function formsUpTo(limit: number, slots = new Slots(formTerms)): RequestHandler {
  // Neither browsers nor Twilio compress forms, and one that is compressed may be of any size.
  const parse = express.urlencoded({
    ...{ extended: false, inflate: false, limit },
    parameterLimit: mostFields,
  });
  return (request, response, next) => {
    slots.takeUntil(
      response,
      networkOf(request.ip ?? ""),
      Math.min(limit, announced(request.headers, limit)),
    );
    parse(request, response, next);
  };
}

function announced(headers: Record<string, unknown>, unknown: number): number {
  if (headers["transfer-encoding"] !== undefined) return unknown;
  return Number(headers["content-length"] ?? 0);
}
