import { csrfSync } from "csrf-sync";
import type { Request, RequestHandler } from "express";

const { generateToken, csrfSynchronisedProtection } = csrfSync({
  getTokenFromRequest: (request) => bodyField(request) ?? request.get("x-csrf-token"),
});

/** Every form carries the session's token, in the field `_csrf` or the header that Turbo sends. */
export const csrf: RequestHandler[] = [
  csrfSynchronisedProtection,
  (request, response, next) => {
    response.locals.csrfToken = generateToken(request);
    next();
  },
];

function bodyField(request: Request): string | undefined {
  const body = request.body as Record<string, unknown> | undefined;
  return typeof body?._csrf === "string" && body._csrf !== "" ? body._csrf : undefined;
}
