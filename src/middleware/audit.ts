import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";

/** What somebody who looks into an incident asks about. */
export type AuditEvent =
  | "sign-in"
  | "sign-in refused"
  | "sign-out"
  | "logout"
  | "webhook refused"
  | "form refused"
  | "host refused"
  | "limit"
  | "purchase"
  | "export"
  | "restore";

/** Neither tokens nor texts; account SIDs and phone numbers by their last digits. */
export type AuditFacts = Record<string, string | number>;

declare module "express-serve-static-core" {
  interface Locals {
    /** Names the request in the log and in the answer's X-Request-Id. */
    requestId: string;
    /** Writes a line of the audit log about this request. */
    audit: (event: AuditEvent, facts?: AuditFacts) => void;
  }
}

/** Gives every request an id, and what comes after a way to note what matters to safety. */
export function audit(log: (line: { audit: string } & Record<string, unknown>) => void): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    response.set("X-Request-Id", requestId);
    response.locals.requestId = requestId;
    response.locals.audit = (event, facts) => {
      // Before the session's middleware there is no session.
      const { accountSid } = (request.session as { accountSid?: string } | undefined) ?? {};
      const who = accountSid === undefined ? {} : { account: accountSid.slice(-6) };
      log({ audit: event, requestId, address: request.ip, ...who, ...facts });
    };
    next();
  };
}
