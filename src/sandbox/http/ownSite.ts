import type { RequestHandler } from "express";

/** Another site's page must not be able to act in our name. */
export const ownSite: RequestHandler = (request, response, next) => {
  const site = request.get("sec-fetch-site");
  if (site === undefined || site === "same-origin" || site === "none") return next();
  response.status(403).type("text/plain").send("This form came from another site.\n");
};
