import type { RequestHandler } from "express";
import type { Accounts } from "../models/account/accounts.ts";
import type { VerifySignature } from "../models/account/twilio.ts";

export interface Signatures {
  accounts: Accounts;
  verifySignature: VerifySignature;
  publicUrl: string | undefined;
}

/**
 * Lets only Twilio through: the form is signed with the Auth Token of the account it names, over the address Twilio
 * knows us by. 400 for what is no Twilio form, 403 for a wrong signature or an account that nobody is signed in to.
 */
export function twilioSignature({ accounts, verifySignature, publicUrl }: Signatures): RequestHandler {
  return async (request, response, next) => {
    const form = request.body as Record<string, string | string[]> | undefined;
    const accountSid = form?.AccountSid;
    if (typeof accountSid !== "string" || typeof form?.MessageSid !== "string") {
      return refuse(400, "This is not a form from Twilio.");
    }
    const authToken = await accounts.authToken(accountSid);
    if (authToken === undefined) return refuse(403, "Nobody is signed in to this account.");
    const base = publicUrl ?? `${request.protocol}://${request.headers.host ?? ""}`;
    if (!verifySignature(authToken, request.get("x-twilio-signature"), base + request.originalUrl, form)) {
      return refuse(403, "The signature does not match.");
    }
    next();

    function refuse(status: number, reason: string): void {
      response.status(status).type("text/plain").send(`${reason}\n`);
    }
  };
}
