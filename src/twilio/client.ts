import type { TwilioApi } from "../models/ports.ts";
import { AccountCalls } from "./accounts.ts";
import { AvailableNumberCalls } from "./availableNumbers.ts";
import { MessageCalls } from "./messages.ts";
import { NumberCalls } from "./numbers.ts";
import { sdkFactory, type Call } from "./sdk.ts";

export interface TwilioOptions {
  /** Another Twilio-compatible API in place of https://api.twilio.com. */
  apiUrl?: string | undefined;
  /** For each call; 15 s by default. */
  timeoutMs?: number | undefined;
  /** Told about every call that has ended. */
  onCall?: ((call: Call) => void) | undefined;
}

export function createTwilioApi({ apiUrl, timeoutMs = 15_000, onCall }: TwilioOptions): TwilioApi {
  const sdk = sdkFactory({ apiUrl, timeoutMs, onCall });
  const accounts = new AccountCalls(sdk);
  const messages = new MessageCalls(sdk);
  const numbers = new NumberCalls(sdk);
  const available = new AvailableNumberCalls(sdk);
  return {
    fetchAccount: (credentials) => accounts.fetch(credentials),
    sendMessage: (credentials, message) => messages.send(credentials, message),
    fetchMessage: (credentials, sid) => messages.fetch(credentials, sid),
    listMessages: (credentials, query) => messages.list(credentials, query),
    listNumbers: (credentials) => numbers.list(credentials),
    buyNumber: (credentials, phoneNumber, smsUrl) => numbers.buy(credentials, phoneNumber, smsUrl),
    setSmsUrl: (credentials, sid, smsUrl) => numbers.setSmsUrl(credentials, sid, smsUrl),
    listCountries: (credentials) => available.countries(credentials),
    listAvailable: (credentials, search) => available.list(credentials, search),
  };
}
