import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";
import { Slots } from "../models/slots.ts";

// A browser has six connections to a server, and a person rarely more than a few browsers.
const terms = {
  ...{ name: "requestsAtOnce", each: 20, all: Infinity, retryAfterSeconds: 1 },
  sentence: "That is a lot at once. Wait a moment, then try again.",
};

/** Lets no session have so many requests under way that others wait for it; a live stream is counted elsewhere. */
export function crowding(): RequestHandler {
  const slots = new Slots(terms);
  return (request, response, next) => {
    if (request.session.accountSid === undefined || request.path === paths.events) return next();
    response.once("close", slots.take(request.sessionID));
    next();
  };
}
