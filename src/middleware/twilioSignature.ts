import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import { isAccountSid as isSid, type Accounts } from "../models/account/accounts.ts";
import type { WebhookRefusals } from "../models/sync/webhookRefusals.ts";
import type { VerifySignature } from "../models/account/twilio.ts";

/** What was found out before Express: the signature is of none of the account's tokens. */
export interface Judged {
  isForged?: boolean;
}

export interface Signatures {
  accounts: Accounts;
  verifySignature: VerifySignature;
  publicUrl: string | undefined;
  refusals: WebhookRefusals;
}

const nobodysToken = randomBytes(16).toString("hex");

/**
 * Lets only Twilio through: the form is signed with the Auth Token of the account it names, over the address Twilio
 * knows us by. 400 for what is no Twilio form, 403 for a wrong signature or an account that nobody is signed in to.
 */
export function twilioSignature({
  accounts,
  verifySignature,
  publicUrl,
  refusals,
}: Signatures): RequestHandler {
  return async (request, response, next) => {
    const form = request.body as Record<string, string | string[]> | undefined;
    const accountSid = form?.AccountSid;
    if (typeof accountSid !== "string" || !isSid(accountSid) || typeof form?.MessageSid !== "string") {
      return refuse(400, "This is not a form from Twilio.");
    }
    const base = publicUrl ?? `${request.protocol}://${request.headers.host ?? ""}`;
    const url = base + request.originalUrl;
    const signature = request.get("x-twilio-signature");
    const authTokens = await accounts.authTokens(accountSid);
    // A stranger must not learn who is signed in here, neither by the words nor by the time they take.
    const tried = authTokens.length > 0 ? authTokens : [nobodysToken];
    const isJudged = authTokens.length > 0 && (request as Judged).isForged === true;
    const verified = isJudged
      ? []
      : tried.filter((authToken) => verifySignature(authToken, signature, url, form));
    if (verified.length > 0 && authTokens.length > 0) return next();
    refuse(403, "The signature is none of an account that is signed in here.");
    response.locals.audit("webhook refused", {
      account: accountSid.slice(-6),
      signed: signature ? "yes" : "no",
    });
    const hosts = [request.headers.host, request.get("x-forwarded-host")].filter(
      (host) => host !== undefined,
    );
    refusals.note({ accountSid, form, signature, expectedUrl: url, path: request.originalUrl, hosts });

    function refuse(status: number, reason: string): void {
      response.status(status).type("text/plain").send(`${reason}\n`);
    }
  };
}
