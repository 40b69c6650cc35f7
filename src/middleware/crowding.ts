import type { Request, RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";
import { Slots } from "../models/slots.ts";

// A browser has six connections to a server, and a person rarely more than a few browsers.
const terms = {
  ...{ name: "requestsAtOnce", each: 20, all: Infinity, retryAfterSeconds: 1 },
  sentence: "That is a lot at once. Wait a moment, then try again.",
};

// Whoever is stuck must be able to leave.
const ways = new Set<string>([paths.login, paths.logout, paths.signOut]);

/** Lets no session have so many requests under way that others wait for it; a live stream is counted elsewhere. */
export function crowding(): RequestHandler {
  const slots = new Slots(terms);
  return (request, response, next) => {
    if (request.session.accountSid !== undefined && !isFree(request))
      slots.takeUntil(response, request.sessionID);
    next();
  };
}

function isFree(request: Request): boolean {
  const isStream = request.path === paths.events && request.get("accept")?.includes("text/event-stream");
  return isStream === true || ways.has(request.path);
}
