import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";
import { TooMany } from "../models/errors.ts";

// A browser has six connections to a server, and a person rarely more than a few browsers.
const mostOfSession = 20;

/** Lets no session have so many requests under way that others wait for it; a live stream is counted elsewhere. */
export function crowding(): RequestHandler {
  const underWay = new Map<string, number>();
  return (request, response, next) => {
    const { sessionID: session } = request;
    if (request.session.accountSid === undefined || request.path === paths.events) return next();
    const others = underWay.get(session) ?? 0;
    if (others >= mostOfSession)
      return next(new TooMany("That is a lot at once. Wait a moment, then try again.", 1, "requestsAtOnce"));
    underWay.set(session, others + 1);
    response.once("close", () => {
      const left = (underWay.get(session) ?? 1) - 1;
      if (left > 0) underWay.set(session, left);
      else underWay.delete(session);
    });
    next();
  };
}
