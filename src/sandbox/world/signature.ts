import { createHmac } from "node:crypto";

/** Twilio's signature over a URL and a form, made without the SDK so that the two check one another. */
export function sign(authToken: string, url: string, form: Record<string, string>): string {
  const named = Object.keys(form)
    .sort()
    .map((name) => name + (form[name] ?? ""));
  return createHmac("sha1", authToken)
    .update(url + named.join(""))
    .digest("base64");
}
