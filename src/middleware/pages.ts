import type { RequestHandler } from "express";

/** What every page may rely on; pages hold private data, so no cache keeps them. */
export const pages: RequestHandler = (request, response, next) => {
  response.set("Cache-Control", "no-store");
  response.locals.alerts = request.session.notice
    ? [{ kind: "success", message: request.session.notice }]
    : [];
  // The live stream asks too, but shows nothing.
  if (request.method === "GET" && request.accepts("html")) delete request.session.notice;
  next();
};
