import type { Faults } from "../faults/faults.ts";
import type { Unverified } from "../unverified.ts";
import type { SandboxAccount } from "./account.ts";
import type { Clock } from "./clock.ts";
import { call, type Delivery, type WebhookRequest } from "./delivery.ts";

export interface CallbackOptions {
  faults: Faults;
  clock: Clock;
  unverified: Unverified;
  onDelivery: (account: SandboxAccount, delivery: Delivery) => void;
}

const defaultDelayMs = 5_000;
const reorderMs = 400;

/** Calls people's webhooks, and lets that go wrong as the switched-on faults say. */
export class Callbacks {
  readonly #options: CallbackOptions;

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
    if (faults.take(["webhookLost"], request.url)) return undefined;
    const postponed = faults.take(["webhookDelayed", "webhookReordered"], request.url);
    if (postponed) {
      const ms = postponed.kind === "webhookReordered" ? reorderMs : (postponed.ms ?? defaultDelayMs);
      clock.later(ms, () => void this.#call(account, request).then(late));
      return undefined;
    }
    if (faults.take(["webhookRepeated"], request.url)) await this.#call(account, request);
    return this.#call(account, request);
  }

  async #call(account: SandboxAccount, request: WebhookRequest): Promise<Delivery> {
    const { faults, clock, unverified, onDelivery } = this.#options;
    const delivery = await call(account.authToken, request, {
      closing: clock.closing,
      userAgent: unverified.webhookUserAgent,
      tokenAtOnce: unverified.idempotencyTokenAtOnce,
      wrongSignature: faults.take(["wrongSignature"], request.url) !== undefined,
    });
    onDelivery(account, delivery);
    return delivery;
  }
}
