import { createHmac, timingSafeEqual } from "node:crypto";
import { createRequire } from "node:module";
import type { VerifySignature } from "../models/account/twilio.ts";

type Webhooks = typeof import("twilio/lib/webhooks/webhooks.js");

const require = createRequire(import.meta.url);
let webhooks: Webhooks | undefined;

/**
 * Twilio's rule over every field of the form, empty and repeated ones too; `#…` connection overrides are never signed.
 * Nearly every signature is over a plain form and an address in its usual spelling, which is decided here; the SDK, which
 * tries more spellings and takes much longer, decides about all others.
 */
export const verifySignature: VerifySignature = (authToken, signature, url, form) => {
  if (!signature || !URL.canParse(url)) return false;
  const signedUrl = url.replace(/#.*$/, "");
  if (isPlain(form) && isUsual(signedUrl))
    return spellings(signedUrl).some((spelling) => isSame(signature, expected(authToken, spelling, form)));
  webhooks ??= require("twilio/lib/webhooks/webhooks.js") as Webhooks;
  return webhooks.validateRequest(authToken, signature, signedUrl, form);
};

// Of a query or a user there may be several spellings.
function isUsual(url: string): boolean {
  return !/[?@]/.test(url) && new URL(url).href === url;
}

// Twilio signs the port or not, whether it stands in the address or not.
function spellings(url: string): string[] {
  const { protocol, host, port, hostname, pathname } = new URL(url);
  const usualPort = protocol === "https:" ? "443" : "80";
  return [url, `${protocol}//${port ? hostname : `${host}:${usualPort}`}${pathname}`];
}

// https://www.twilio.com/docs/usage/security#validating-requests: fields in the order of their names, without anything between.
function expected(authToken: string, url: string, form: Record<string, string>): Buffer {
  const names = Object.keys(form).sort();
  const text = names.reduce((signed, name) => signed + name + (form[name] ?? ""), url);
  return createHmac("sha1", authToken).update(text, "utf8").digest();
}

function isSame(signature: string, digest: Buffer): boolean {
  const given = Buffer.from(signature, "base64");
  return given.length === digest.length && timingSafeEqual(given, digest);
}

function isPlain(form: Record<string, unknown>): form is Record<string, string> {
  return Object.values(form).every((value) => typeof value === "string");
}
