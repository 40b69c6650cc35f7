import twilio from "twilio";
import type { VerifySignature } from "../models/account/twilio.ts";

/** Twilio's rule over every field of the form, empty and repeated ones too; `#…` connection overrides are never signed. */
export const verifySignature: VerifySignature = (authToken, signature, url, form) => {
  if (!signature || !URL.canParse(url)) return false;
  return twilio.validateRequest(authToken, signature, url.replace(/#.*$/, ""), form);
};
