import type { TwilioApi } from "../models/index.ts";
import type { Calls } from "./calls.ts";
import { CallsUnderWay } from "./callsUnderWay.ts";
import { usualCircuit, type CircuitTerms } from "./circuit.ts";
import { AnsweredClock } from "./clock.ts";
import { MediaFetch, usualMedia, type MediaTerms } from "./media.ts";
import type { Credentials } from "../models/types.ts";
import { BadCredentials } from "../models/errors.ts";
import type { Call } from "./sdk.ts";

export type { TwilioApi };

export interface TwilioOptions {
  /** Another Twilio-compatible API in place of https://api.twilio.com. */
  apiUrl?: string | undefined;
  /** For each call; 10 s by default. */
  timeoutMs?: number | undefined;
  /** When reads give way to a Twilio in trouble. */
  circuit?: CircuitTerms | undefined;
  /** How pictures and files are fetched, other than usual. */
  media?: Partial<MediaTerms> | undefined;
  /** Told about every call that has ended. */
  onCall?: ((call: Call) => void) | undefined;
  /** Hears of what Twilio says that makes no sense. */
  onError?: ((error: unknown) => void) | undefined;
}

export function createTwilioApi({
  apiUrl,
  timeoutMs = 10_000,
  circuit = usualCircuit,
  media,
  onCall,
  onError = () => undefined,
}: TwilioOptions): TwilioApi {
  const clock = new AnsweredClock();
  const underWay = new CallsUnderWay();
  const options = { apiUrl, timeoutMs, clock, underWay, circuit, onCall };
  const files = new MediaFetch({ apiUrl, underWay, onCall }, { ...usualMedia, ...media });
  let loading: Promise<Calls> | undefined;
  // At the first call: a process that only receives needs no SDK.
  const calls = () =>
    (loading ??= import("./calls.ts").then((module) => module.createCalls(options, onError)));
  const refusals: ((refused: Credentials) => void)[] = [];
  const told = <Rest extends unknown[], Answer>(
    call: (credentials: Credentials, ...rest: Rest) => Promise<Answer>,
  ) => tellingRefusals(call, (refused) => refusals.forEach((listener) => listener(refused)));
  return {
    clock,
    abandon: (kind, accountSid) => underWay.abandon(kind, accountSid),
    onRefusedCredentials: (listener) => void refusals.push(listener),
    fetchAccount: async (credentials) => (await calls()).accounts.fetch(credentials),
    sendMessage: told(async (credentials, message) => (await calls()).messages.send(credentials, message)),
    fetchMessage: told(async (credentials, sid) => (await calls()).messages.fetch(credentials, sid)),
    listMessages: told(async (credentials, query) => (await calls()).messages.list(credentials, query)),
    listMedia: told(async (credentials, sid) => (await calls()).media.list(credentials, sid)),
    fetchMedia: told((credentials, wanted) => files.open(credentials, wanted)),
    listNumbers: told(async (credentials) => (await calls()).numbers.list(credentials)),
    buyNumber: told(async (credentials, phoneNumber, smsUrl) =>
      (await calls()).numbers.buy(credentials, phoneNumber, smsUrl),
    ),
    listCountries: told(async (credentials) => (await calls()).available.countries(credentials)),
    listAvailable: told(async (credentials, search) => (await calls()).available.list(credentials, search)),
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
