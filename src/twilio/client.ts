import type { TwilioApi } from "../models/index.ts";
import { AccountCalls } from "./accounts.ts";
import { AvailableNumberCalls } from "./availableNumbers.ts";
import { CallsUnderWay } from "./callsUnderWay.ts";
import { usualCircuit, type CircuitTerms } from "./circuit.ts";
import { AnsweredClock } from "./clock.ts";
import type { Credentials } from "../models/types.ts";
import { BadCredentials } from "../models/errors.ts";
import { MessageCalls } from "./messages.ts";
import { NumberCalls } from "./numbers.ts";
import { sdkFactory, type Call } from "./sdk.ts";

export type { TwilioApi };

export interface TwilioOptions {
  /** Another Twilio-compatible API in place of https://api.twilio.com. */
  apiUrl?: string | undefined;
  /** For each call; 10 s by default. */
  timeoutMs?: number | undefined;
  /** When reads give way to a Twilio in trouble. */
  circuit?: CircuitTerms | undefined;
  /** Told about every call that has ended. */
  onCall?: ((call: Call) => void) | undefined;
  /** Hears of what Twilio says that makes no sense. */
  onError?: ((error: unknown) => void) | undefined;
}

export function createTwilioApi({
  apiUrl,
  timeoutMs = 10_000,
  circuit = usualCircuit,
  onCall,
  onError = () => undefined,
}: TwilioOptions): TwilioApi {
  const clock = new AnsweredClock();
  const underWay = new CallsUnderWay();
  const sdk = sdkFactory({ apiUrl, timeoutMs, clock, underWay, circuit, onCall });
  // Connections of their own, so that strangers who sign in never hold up an account's texts.
  const signInSdk = sdkFactory({ apiUrl, timeoutMs, clock, underWay, circuit, onCall, maxSockets: 4 });
  const accounts = new AccountCalls(signInSdk);
  const messages = new MessageCalls(sdk, onError);
  const numbers = new NumberCalls(sdk);
  const available = new AvailableNumberCalls(sdk);
  const refusals: ((refused: Credentials) => void)[] = [];
  const told = <Rest extends unknown[], Answer>(
    call: (credentials: Credentials, ...rest: Rest) => Promise<Answer>,
  ) => tellingRefusals(call, (refused) => refusals.forEach((listener) => listener(refused)));
  return {
    clock,
    abandon: (kind, accountSid) => underWay.abandon(kind, accountSid),
    onRefusedCredentials: (listener) => void refusals.push(listener),
    fetchAccount: (credentials) => accounts.fetch(credentials),
    sendMessage: told((credentials, message) => messages.send(credentials, message)),
    fetchMessage: told((credentials, sid) => messages.fetch(credentials, sid)),
    listMessages: told((credentials, query) => messages.list(credentials, query)),
    listNumbers: told((credentials) => numbers.list(credentials)),
    buyNumber: told((credentials, phoneNumber, smsUrl) => numbers.buy(credentials, phoneNumber, smsUrl)),
    listCountries: told((credentials) => available.countries(credentials)),
    listAvailable: told((credentials, search) => available.list(credentials, search)),
  };
}

function tellingRefusals<Rest extends unknown[], Answer>(
  call: (credentials: Credentials, ...rest: Rest) => Promise<Answer>,
  tell: (refused: Credentials) => void,
): (credentials: Credentials, ...rest: Rest) => Promise<Answer> {
  return async (credentials, ...rest) => {
    try {
      return await call(credentials, ...rest);
    } catch (error) {
      if (error instanceof BadCredentials && error.reason === "wrong") tell(credentials);
      throw error;
    }
  };
}
