import type { RequestHandler } from "express";
import { newSid } from "../world/sids.ts";
import { unverifiedOf } from "./worldOf.ts";

/** What Twilio's answers carry beside their bodies. */
export function responseHeaders(): RequestHandler {
  let concurrent = 0;
  return (_request, response, next) => {
    concurrent += 1;
    const began = performance.now();
    response.on("close", () => (concurrent -= 1));
    const write = response.writeHead.bind(response) as (...all: unknown[]) => typeof response;
    response.writeHead = (...all: unknown[]) => {
      const { retryAfter } = unverifiedOf(response);
      response.setHeader("Twilio-Request-Id", newSid("RQ"));
      response.setHeader("Twilio-Request-Duration", ((performance.now() - began) / 1_000).toFixed(3));
      response.setHeader("Twilio-Concurrent-Requests", String(concurrent));
      if (response.statusCode === 429 && retryAfter !== null)
        response.setHeader("Retry-After", String(retryAfter));
      return write(...all);
    };
    next();
  };
}
