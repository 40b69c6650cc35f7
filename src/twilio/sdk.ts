import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";
import type { Credentials } from "../models/types.ts";

export type Sdk = ReturnType<typeof twilio>;
export type SdkFactory = (credentials: Credentials) => Sdk;

/** An SDK client per call: building one costs 0.3 ms, and no Auth Token outlives its use. They share one pool of connections. */
export function sdkFactory(apiUrl: string | undefined, timeout: number): SdkFactory {
  const httpClient = new RedirectedClient(apiUrl, timeout);
  return ({ accountSid, authToken }) => twilio(accountSid, authToken, { httpClient });
}

/** Sends what the SDK means for https://NAME.twilio.com to another Twilio-compatible API. */
class RedirectedClient extends RequestClient {
  readonly #apiUrl: string | undefined;

  constructor(apiUrl: string | undefined, timeout: number) {
    super({ timeout });
    this.#apiUrl = apiUrl;
  }

  // Async even without an await: when request() throws at once, the SDK's list() never settles.
  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const uri = this.#apiUrl === undefined ? options.uri : redirected(options.uri, this.#apiUrl);
    return super.request<T>({ ...options, uri });
  }
}

function redirected(uri: string, apiUrl: string): string {
  const { hostname, pathname, search } = new URL(uri);
  const product = hostname.split(".")[0] ?? "api";
  return apiUrl + (product === "api" ? "" : `/${product}`) + pathname + search;
}
