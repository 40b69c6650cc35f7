import type { Request, RequestHandler } from "express";
import { paths, patterns } from "../helpers/paths.ts";
import { Slots } from "../models/slots.ts";

// A browser has six connections to a server, and a person rarely more than a few browsers.
const terms = {
  ...{ name: "requestsAtOnce", each: 20, all: Infinity, retryAfterSeconds: 1 },
  sentence: "That is a lot at once. Wait a moment, then try again.",
};

// A thread shows many pictures, which a proxy may ask for all at once; Twilio is asked for a few of them at a time.
const mediaTerms = { ...terms, name: "mediaAtOnce", each: 100 };
const media = patterns.signedIn.media.show.split(":")[0] ?? "";

// Whoever is stuck must be able to leave.
const ways = new Set<string>([paths.login, paths.logout, paths.signOut]);

/** Lets no session have so many requests under way that others wait for it; a live stream is counted elsewhere. */
export function crowding(): RequestHandler {
  const [slots, mediaSlots] = [new Slots(terms), new Slots(mediaTerms)];
  return (request, response, next) => {
    if (request.session.accountSid !== undefined && !isFree(request))
      (request.path.startsWith(media) ? mediaSlots : slots).takeUntil(response, request.sessionID);
    next();
  };
}

function isFree(request: Request): boolean {
  const isStream = request.path === paths.events && request.get("accept")?.includes("text/event-stream");
  return isStream === true || ways.has(request.path);
}
