import { randomUUID } from "node:crypto";
import type { Faults } from "./faults.ts";
import type { Unverified } from "./unverified.ts";
import type { SandboxAccount } from "./account.ts";
import type { Clock } from "./clock.ts";
import { inBackground } from "./background.ts";
import { call, type Delivery, type WebhookRequest } from "./delivery.ts";

export interface CallbackOptions {
  faults: Faults;
  clock: Clock;
  unverified: Unverified;
  onDelivery: (account: SandboxAccount, delivery: Delivery, request: WebhookRequest) => void;
}

const defaultDelayMs = 5_000;

/** Calls people's webhooks, and lets that go wrong as the switched-on faults say. */
export class Callbacks {
  readonly #options: CallbackOptions;
  /** What waits for the next delivery, to come after it. */
  readonly #afterNext: (() => void)[] = [];

  constructor(options: CallbackOptions) {
    this.#options = options;
  }

  /** Resolves with the last answer; undefined when a fault swallowed or postponed it. `late` hears of a postponed one. */
  async deliver(
    account: SandboxAccount,
    request: WebhookRequest,
    late: (delivery: Delivery) => void = () => undefined,
  ): Promise<Delivery | undefined> {
    const { faults, clock } = this.#options;
    const about = callOf(request);
    if (faults.take(["webhookLost"], about)) return undefined;
    const postponed = faults.take(["webhookDelayed", "webhookReordered"], about);
    if (postponed) {
      const release = once(() => inBackground(this.#call(account, request).then(late)));
      clock.later(postponed.ms ?? defaultDelayMs, release);
      if (postponed.kind === "webhookReordered") this.#afterNext.push(release);
      return undefined;
    }
    const token = randomUUID();
    if (faults.take(["webhookRepeated"], about)) await this.#call(account, request, token);
    const delivery = await this.#call(account, request, token);
    for (const release of this.#afterNext.splice(0)) release();
    return delivery;
  }

  async #call(account: SandboxAccount, request: WebhookRequest, token = randomUUID()): Promise<Delivery> {
    const { faults, clock, unverified, onDelivery } = this.#options;
    const delivery = await call(account.authToken, request, {
      closing: clock.closing,
      userAgent: unverified.webhookUserAgent,
      token,
      signedRoot: unverified.signedRoot,
      tokenAtOnce: unverified.idempotencyTokenAtOnce,
      wrongSignature: faults.take(["wrongSignature"], callOf(request)) !== undefined,
    });
    onDelivery(account, delivery, request);
    return delivery;
  }
}

/** A webhook as faults know it. */
function callOf({ method, url }: WebhookRequest): string {
  return `${method} ${url}`;
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
