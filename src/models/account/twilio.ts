import type { Account, Credentials } from "../types.ts";

/** Twilio's Accounts resource. */
export interface AccountApi {
  /** Who these credentials belong to. Throws BadCredentials, TwilioBusy, TwilioUnreachable and the like. */
  fetchAccount(credentials: Credentials): Promise<Account>;
}

/** Whether Twilio signed this form for this URL with this Auth Token; false for a missing signature, never throws. */
export type VerifySignature = (
  authToken: string,
  signature: string | undefined,
  url: string,
  form: Record<string, string | string[]>,
) => boolean;
