import { setTimeout as wait } from "node:timers/promises";
import type { WantedMedia } from "../models/chat/twilio.ts";
import {
  BadCredentials,
  ParleyError,
  TooLarge,
  TwilioBusy,
  TwilioRefused,
  TwilioUnreachable,
} from "../models/errors.ts";
import type { Credentials } from "../models/types.ts";
import type { CallsUnderWay } from "./callsUnderWay.ts";
import { MediaPatience } from "./mediaPatience.ts";
import type { Call } from "./sdk.ts";
import { shortened } from "./uris.ts";

export interface MediaTerms {
  /** Without a byte. */
  timeoutMs: number;
  mostBytes: number;
  /** Before each further try when Twilio does not have it yet. */
  retryDelays: number[];
}

export const usualMedia: MediaTerms = {
  timeoutMs: 15_000,
  mostBytes: 20 * 1_024 * 1_024,
  retryDelays: [1_000, 2_000, 4_000],
};

export interface MediaOptions {
  apiUrl: string | undefined;
  underWay: CallsUnderWay;
  onCall: ((call: Call) => void) | undefined;
}

const mostRedirects = 3;
// Where Twilio keeps what it redirects to.
const hosts = [".twilio.com", ".twiliocdn.com", ".amazonaws.com"];

/** The bytes of pictures and files. The SDK reads answers as text, so this is not one of its calls. */
export class MediaFetch {
  readonly #options: MediaOptions;
  readonly #terms: MediaTerms;

  constructor(options: MediaOptions, terms: MediaTerms) {
    this.#options = options;
    this.#terms = terms;
  }

  async open(credentials: Credentials, wanted: WantedMedia): Promise<AsyncIterable<Uint8Array> | undefined> {
    const delays = wanted.isFresh ? this.#terms.retryDelays : [];
    for (const delay of [0, ...delays]) {
      const signal = this.#signalOf(credentials);
      if (delay > 0) await wait(delay, undefined, { signal }).catch(failed);
      const content = await this.#tryOnce(credentials, wanted, signal);
      if (content) return content;
    }
    return undefined;
  }

  async #tryOnce(credentials: Credentials, wanted: WantedMedia, givenUp: AbortSignal) {
    const { timeoutMs, mostBytes } = this.#terms;
    const patience = new MediaPatience(timeoutMs, givenUp);
    try {
      const answer = await this.#follow(credentials, wanted, patience.signal);
      if (answer.ok && answer.body) return limited(answer.body, patience, mostBytes);
      await answer.body?.cancel();
      patience.end();
      if (answer.status === 404 || answer.status === 410) return undefined;
      throw refusal(answer);
    } catch (error) {
      patience.end();
      return failed(error);
    }
  }

  /** The redirects lead to addresses that open by themselves; who they belong to must not get the Auth Token. */
  async #follow({ accountSid, authToken }: Credentials, wanted: WantedMedia, signal: AbortSignal) {
    const { apiUrl = "https://api.twilio.com" } = this.#options;
    const { messageSid, sid } = wanted;
    let url = new URL(`${apiUrl}/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media/${sid}`);
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
    let answer = await this.#get(url, signal, { Authorization: `Basic ${basic}` });
    if (answer.status === 401) throw await forget(answer, new BadCredentials("wrong"));
    for (let count = 0; isRedirect(answer); count += 1) {
      const next = URL.parse(answer.headers.get("location") ?? "", url.href);
      const mayGo = next !== null && count < mostRedirects && mayFollow(next, this.#options.apiUrl);
      if (!mayGo) throw await forget(answer, new TwilioRefused(elsewhere, null, 502));
      await answer.body?.cancel();
      url = next;
      answer = await this.#get(url, signal, {});
    }
    return answer;
  }

  async #get(url: URL, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
    const startedAt = performance.now();
    let status: number | null = null;
    try {
      const answer = await fetch(url, { redirect: "manual", headers, signal });
      status = answer.status;
      return answer;
    } finally {
      const ms = Math.round(performance.now() - startedAt);
      this.#options.onCall?.({ method: "GET", path: shortened(url.href), product: "media", status, ms });
    }
  }

  #signalOf({ accountSid }: Credentials): AbortSignal {
    return this.#options.underWay.signalOf(accountSid, "read");
  }
}

/** Whether bytes may be fetched from there: from Twilio and what it stores at, or from what stands in its place. */
export function mayFollow(url: URL, apiUrl: string | undefined): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (apiUrl !== undefined && url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === "https:" && url.port === "" && hosts.some((host) => url.hostname.endsWith(host));
}

const elsewhere = "Twilio says that this attachment lies where Parley does not fetch from.";

async function* limited(body: AsyncIterable<Uint8Array>, patience: MediaPatience, mostBytes: number) {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      patience.hear();
      bytes += chunk.length;
      if (bytes > mostBytes) throw new TooLarge("This attachment is larger than Parley fetches.");
      yield chunk;
    }
  } catch (error) {
    failed(error);
  } finally {
    patience.end();
  }
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}

function refusal({ status }: Response): ParleyError {
  if (status === 429) return new TwilioBusy();
  if (status >= 500) return new TwilioUnreachable({ cause: `HTTP ${status}` });
  return new TwilioRefused(`Twilio refused with HTTP ${status}.`, null);
}

async function forget(answer: Response, error: ParleyError): Promise<ParleyError> {
  await answer.body?.cancel();
  return error;
}

function failed(error: unknown): never {
  if (error instanceof ParleyError) throw error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  throw new TwilioUnreachable({ cause: `${name}: ${message}` });
}
