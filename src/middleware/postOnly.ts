import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";

/** Tells whoever opens a webhook's address in a browser what it is for. */
export const postOnly: RequestHandler = (request, response, next) => {
  if (request.method === "POST") return next();
  response
    .status(405)
    .set("Allow", "POST")
    .type("text/plain")
    .send(
      `This address is for Twilio's webhooks. Set ${paths.inboundMessages} of this server as what happens when a message comes in to a number, with the method HTTP POST.\n`,
    );
};
