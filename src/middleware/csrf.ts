import { randomBytes } from "node:crypto";
import { csrfSync } from "csrf-sync";
import type { Request, RequestHandler } from "express";
import { ForeignForm } from "../models/errors.ts";

const { generateToken, csrfSynchronisedProtection } = csrfSync({
  getTokenFromRequest: (request) => unmasked(bodyField(request) ?? request.get("x-csrf-token") ?? ""),
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
    if (error === undefined) response.locals.csrfToken = masked(generateToken(request));
    next(error);
  });
};

// Pages are compressed, and the size of one tells about what repeats in it: on each the token looks different.
function masked(token: string): string {
  const bytes = Buffer.from(token, "hex");
  const mask = randomBytes(bytes.length);
  return Buffer.concat([mask, xor(bytes, mask)]).toString("base64url");
}

function unmasked(text: string): string {
  const bytes = Buffer.from(text, "base64url");
  const half = Math.floor(bytes.length / 2);
  return xor(bytes.subarray(half), bytes.subarray(0, half)).toString("hex");
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}

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
