import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import { isAccountSid as isSid, type Accounts } from "../models/account/accounts.ts";
import type { RefusedWebhook } from "../models/sync/refusalReason.ts";
import type { WebhookRefusals } from "../models/sync/webhookRefusals.ts";
import type { AuditFacts } from "./audit.ts";
import type { VerifySignature } from "../models/account/twilio.ts";

export interface Signatures {
  accounts: Accounts;
  verifySignature: VerifySignature;
  publicUrl: string | undefined;
  refusals: WebhookRefusals;
}

const nobodysToken = randomBytes(16).toString("hex");

/** A form that says which account and message it is about. */
export interface WebhookForm extends Record<string, string | string[] | undefined> {
  AccountSid: string;
  MessageSid: string;
}

/** What was posted, and the address that it should be signed for. */
export interface Webhook {
  form: WebhookForm;
  signature: string | undefined;
  url: string;
  /** Path and query as they came. */
  path: string;
}

export const forgedSentence = "The signature is none of an account that is signed in here.\n";

export function isWebhookForm(form: unknown): form is WebhookForm {
  const { AccountSid, MessageSid } = (form ?? {}) as Record<string, unknown>;
  return typeof AccountSid === "string" && isSid(AccountSid) && typeof MessageSid === "string";
}

/**
 * Whether one of the account's Auth Tokens signed the form for this address. A stranger must not learn who is signed in
 * here, neither by the words of the answer nor by the time it takes, so a token that is nobody's is tried too.
 */
export async function isSigned(
  { accounts, verifySignature }: Pick<Signatures, "accounts" | "verifySignature">,
  { form, signature, url }: Pick<Webhook, "form" | "signature" | "url">,
): Promise<boolean> {
  const authTokens = await accounts.authTokens(form.AccountSid);
  const tried = authTokens.length > 0 ? authTokens : [nobodysToken];
  const fits = tried.some((token) => verifySignature(token, signature, url, form as Record<string, string>));
  return fits && authTokens.length > 0;
}

/** What the audit log says of a refusal. */
export function refusalFacts({ AccountSid }: WebhookForm, signature: string | undefined): AuditFacts {
  return { account: AccountSid.slice(-6), signed: signature ? "yes" : "no" };
}

/** What the account's person is told of a refusal. */
export function refusedWebhook(
  { headers }: IncomingMessage,
  { form, signature, url, path }: Webhook,
): RefusedWebhook {
  const hosts = [headers.host, headers["x-forwarded-host"]].flatMap((host) => host ?? []);
  return {
    accountSid: form.AccountSid,
    ...{ form: form as Record<string, string | string[]>, signature, hosts, path },
    expectedUrl: url,
  };
}

/**
 * Lets only Twilio through: the form is signed with the Auth Token of the account it names, over the address Twilio
 * knows us by. 400 for what is no Twilio form, 403 for a wrong signature or an account that nobody is signed in to.
 */
export function twilioSignature({ refusals, publicUrl, ...parts }: Signatures): RequestHandler {
  return async (request, response, next) => {
    const form: unknown = request.body;
    if (!isWebhookForm(form))
      return void response.status(400).type("text/plain").send("This is not a form from Twilio.\n");
    const base = publicUrl ?? `${request.protocol}://${request.headers.host ?? ""}`;
    const webhook = {
      form,
      signature: request.get("x-twilio-signature"),
      url: base + request.originalUrl,
      path: request.originalUrl,
    };
    if (await isSigned(parts, webhook)) return next();
    response.status(403).type("text/plain").send(forgedSentence);
    response.locals.audit("webhook refused", refusalFacts(form, webhook.signature));
    refusals.note(refusedWebhook(request, webhook));
  };
}
