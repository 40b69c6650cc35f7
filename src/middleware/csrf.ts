import { csrfSync } from "csrf-sync";
import type { Request, RequestHandler } from "express";
import { ForeignForm } from "../models/errors.ts";

const { generateToken, csrfSynchronisedProtection } = csrfSync({
  getTokenFromRequest: (request) => bodyField(request) ?? request.get("x-csrf-token"),
});

/**
 * Every form of somebody signed in carries the session's token, in the field `_csrf` or the header that Turbo sends.
 * Strangers have no session, so for them what browsers say about the page that a form came from must do.
 */
export const csrf: RequestHandler = (request, response, next) => {
  response.locals.csrfToken = "";
  if (request.session.accountSid === undefined)
    return next(isForeign(request) ? new ForeignForm() : undefined);
  csrfSynchronisedProtection(request, response, (error?: unknown) => {
    if (error === undefined) response.locals.csrfToken = generateToken(request);
    next(error);
  });
};

function isForeign(request: Request): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return false;
  const site = request.get("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = request.get("origin");
  // Neither comes from programs, nor from browsers too old to be sent here by another site's form unnoticed.
  return origin !== undefined && URL.parse(origin)?.host !== request.headers.host?.toLowerCase();
}

function bodyField(request: Request): string | undefined {
  const body = request.body as Record<string, unknown> | undefined;
  return typeof body?._csrf === "string" && body._csrf !== "" ? body._csrf : undefined;
}
