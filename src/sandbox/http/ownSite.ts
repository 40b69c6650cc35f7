import type { RequestHandler } from "express";

/** Another site's page must not be able to act in our name. */
export const ownSite: RequestHandler = (request, response, next) => {
  const site = request.get("sec-fetch-site");
  // Some browsers say nothing of the site on plain http, but where the form came from.
  const origin = request.get("origin");
  const isOwn = origin === undefined || URL.parse(origin)?.host === request.headers.host;
  if (site === undefined ? isOwn : site === "same-origin" || site === "none") return next();
  response.status(403).type("text/plain").send("This form came from another site.\n");
};
