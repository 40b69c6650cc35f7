import type { AccountApi } from "../models/account/twilio.ts";
import type { MessageApi, TwilioClock } from "../models/chat/twilio.ts";
import type { NumberApi } from "../models/numbers/twilio.ts";
import { AccountCalls } from "./accounts.ts";
import { AvailableNumberCalls } from "./availableNumbers.ts";
import { CallsUnderWay } from "./callsUnderWay.ts";
import { AnsweredClock } from "./clock.ts";
import { MessageCalls } from "./messages.ts";
import { NumberCalls } from "./numbers.ts";
import { sdkFactory, type Call } from "./sdk.ts";

export interface TwilioOptions {
  /** Another Twilio-compatible API in place of https://api.twilio.com. */
  apiUrl?: string | undefined;
  /** For each call; 10 s by default. */
  timeoutMs?: number | undefined;
  /** Told about every call that has ended. */
  onCall?: ((call: Call) => void) | undefined;
  /** Hears of what Twilio says that makes no sense. */
  onError?: ((error: unknown) => void) | undefined;
}

/** All of Twilio that the models ask for. */
export interface TwilioApi extends AccountApi, NumberApi, MessageApi {
  clock: TwilioClock;
  /** Gives up the calls of one account, or of all, until the returned function is called: reads fail at once, writes with AnswerLost. */
  abandon(kind: "read" | "write", accountSid?: string): () => void;
}

export function createTwilioApi({
  apiUrl,
  timeoutMs = 10_000,
  onCall,
  onError = () => undefined,
}: TwilioOptions): TwilioApi {
  const clock = new AnsweredClock();
  const underWay = new CallsUnderWay();
  const sdk = sdkFactory({ apiUrl, timeoutMs, clock, underWay, onCall });
  const accounts = new AccountCalls(sdk);
  const messages = new MessageCalls(sdk, onError);
  const numbers = new NumberCalls(sdk);
  const available = new AvailableNumberCalls(sdk);
  return {
    clock,
    abandon: (kind, accountSid) => underWay.abandon(kind, accountSid),
    fetchAccount: (credentials) => accounts.fetch(credentials),
    sendMessage: (credentials, message) => messages.send(credentials, message),
    fetchMessage: (credentials, sid) => messages.fetch(credentials, sid),
    listMessages: (credentials, query) => messages.list(credentials, query),
    listNumbers: (credentials) => numbers.list(credentials),
    buyNumber: (credentials, phoneNumber, smsUrl) => numbers.buy(credentials, phoneNumber, smsUrl),
    listCountries: (credentials) => available.countries(credentials),
    listAvailable: (credentials, search) => available.list(credentials, search),
  };
}
