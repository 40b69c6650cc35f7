import type { Account, Credentials } from "../types.ts";

/** Twilio's Accounts resource. */
export interface AccountApi {
  /** Who these credentials belong to. Throws BadCredentials, TwilioBusy, TwilioUnreachable and the like. */
  fetchAccount(credentials: Credentials): Promise<Account>;
  /** Calls the listener whenever Twilio answered a call that it does not know its credentials (20003). */
  onRefusedCredentials(listener: (refused: Credentials) => void): void;
}

/** Whether Twilio signed this form for this URL with this Auth Token; false for a missing signature, never throws. */
export type VerifySignature = (
  authToken: string,
  signature: string | undefined,
  url: string,
  form: Record<string, string | string[]>,
) => boolean;
