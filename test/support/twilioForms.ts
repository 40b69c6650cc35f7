import { createHmac, randomBytes } from "node:crypto";
import { ben, shop, shopNumber } from "./people.ts";

/** What Twilio posts for a text from Ben to the shop, unless told otherwise. */
export function textForm(change: Record<string, string> = {}): Record<string, string> {
  return {
    MessageSid: `SM${randomBytes(16).toString("hex")}`,
    AccountSid: shop.accountSid,
    From: ben,
    To: shopNumber,
    Body: "Hello",
    NumMedia: "0",
    ...change,
  };
}

/** Posts the form to an instance, signed for the address that Twilio knows it by. */
export function postSigned(url: string, form: Record<string, string>, publicUrl = url): Promise<Response> {
  return postForm(`${url}/sms`, form, sign(`${publicUrl}/sms`, form));
}

/** Posts the form to the address as it is. */
export function postForm(url: string, form: Record<string, string>, signature?: string): Promise<Response> {
  const headers: Record<string, string> = signature === undefined ? {} : { "X-Twilio-Signature": signature };
  return fetch(url, { method: "POST", headers, body: new URLSearchParams(form), redirect: "manual" });
}

/** Twilio's rule, written again here so that neither the SDK nor the sandbox vouches for itself. */
export function sign(url: string, form: Record<string, string>, authToken = shop.authToken): string {
  const signed = Object.keys(form)
    .sort()
    .map((name) => name + (form[name] ?? ""));
  return createHmac("sha1", authToken)
    .update(url + signed.join(""))
    .digest("base64");
}
