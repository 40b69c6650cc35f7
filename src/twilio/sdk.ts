import { AsyncLocalStorage } from "node:async_hooks";
import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";
import type { Credentials } from "../models/types.ts";
import type { CallsUnderWay } from "./callsUnderWay.ts";
import { Circuits, type CircuitTerms } from "./circuit.ts";
import type { AnsweredClock } from "./clock.ts";
import { useAgents } from "./connections.ts";
import { productOf, redirected, shortened } from "./uris.ts";

export type Sdk = ReturnType<typeof twilio>;
export type SdkFactory = (credentials: Credentials) => Sdk;

/** A call to Twilio that has ended; holds neither token nor text nor phone number of a person. */
export interface Call {
  method: string;
  path: string;
  /** "api", "pricing", …: whose host it is. */
  product: string;
  /** Null when no answer came. */
  status: number | null;
  ms: number;
}

export interface SdkOptions {
  apiUrl: string | undefined;
  timeoutMs: number;
  clock: AnsweredClock;
  underWay: CallsUnderWay;
  onCall: ((call: Call) => void) | undefined;
  circuit: CircuitTerms;
  /** To each host at once. */
  maxSockets?: number;
}

const usualSockets = 20;
// A page of a thousand messages has a tenth of it.
const largestAnswer = 32 * 1_024 * 1_024;

/** An SDK client per call: building one costs 0.3 ms, and no Auth Token outlives its use. They share one pool of connections. */
export function sdkFactory(options: SdkOptions): SdkFactory {
  const httpClient = new RedirectedClient(options);
  return ({ accountSid, authToken }) => twilio(accountSid, authToken, { httpClient });
}

/** Sends what the SDK means for https://NAME.twilio.com to another Twilio-compatible API. */
class RedirectedClient extends RequestClient {
  readonly #apiUrl: string | undefined;
  readonly #clock: AnsweredClock;
  readonly #underWay: CallsUnderWay;
  readonly #signal = new AsyncLocalStorage<AbortSignal>();
  readonly #circuits: Circuits;
  readonly #onCall: ((call: Call) => void) | undefined;

  constructor(options: SdkOptions) {
    const { apiUrl, timeoutMs, clock, underWay, circuit, onCall, maxSockets = usualSockets } = options;
    super({ timeout: timeoutMs, maxSockets });
    this.axios.defaults.maxContentLength = largestAnswer;
    this.#circuits = new Circuits(circuit);
    this.#apiUrl = apiUrl?.replace(/\/+$/, "");
    this.#clock = clock;
    this.#underWay = underWay;
    // The SDK passes no signal on.
    this.axios.interceptors.request.use((config) => ({ ...config, signal: this.#signal.getStore() }));
    this.#onCall = onCall;
    useAgents(this.axios.defaults, { timeoutMs, maxSockets });
  }

  // Async even without an await: when request() throws at once, the SDK's list() never settles.
  override async request<T>(options: RequestClient.RequestOptions<T>) {
    if (options.method !== "get") return this.#send(options);
    return this.#circuits.read(productOf(options.uri), () => this.#send(options));
  }

  async #send<T>(options: RequestClient.RequestOptions<T>) {
    const uri = this.#apiUrl === undefined ? options.uri : redirected(options.uri, this.#apiUrl);
    const startedAt = performance.now();
    let status: number | null = null;
    try {
      const kind = options.method === "get" ? "read" : "write";
      const signal = this.#underWay.signalOf(options.username ?? "", kind);
      const answer = await this.#signal.run(signal, () => super.request<T>({ ...options, uri }));
      status = answer.statusCode;
      this.#clock.hear(
        (answer.headers as Record<string, unknown> | undefined)?.date,
        performance.now() - startedAt,
      );
      return answer;
    } finally {
      this.#forget();
      const ms = Math.round(performance.now() - startedAt);
      this.#onCall?.({
        method: options.method.toUpperCase(),
        path: shortened(uri),
        product: productOf(options.uri),
        status,
        ms,
      });
    }
  }

  // The SDK keeps the last request and answer for debugging, and the Auth Token with them.
  #forget(): void {
    this.lastRequest = undefined;
    this.lastResponse = undefined;
  }
}
