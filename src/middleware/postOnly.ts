import type { RequestHandler } from "express";

/** Tells whoever opens a webhook's address in a browser what it is for. */
export const postOnly: RequestHandler = (request, response, next) => {
  if (request.method === "POST") return next();
  response
    .status(405)
    .set("Allow", "POST")
    .type("text/plain")
    .send("This address is for Twilio's webhooks, which are POST requests.\n");
};
