import type { Faults } from "../faults/faults.ts";
import type { SandboxAccount } from "./account.ts";
import { post, type Delivery } from "./delivery.ts";

export interface CallbackOptions {
  faults: Faults;
  closing: AbortSignal;
  /** Runs something later, unless the sandbox closes before. */
  later: (ms: number, action: () => void) => void;
  onDelivery: (account: SandboxAccount, delivery: Delivery) => void;
}

const defaultDelayMs = 5_000;
const reorderMs = 400;

/** Posts forms to people's webhooks, and lets that go wrong as the switched-on faults say. */
export class Callbacks {
  readonly #options: CallbackOptions;

  constructor(options: CallbackOptions) {
    this.#options = options;
  }

  /** Resolves with the last answer; undefined when a fault swallowed or postponed it. */
  async deliver(
    account: SandboxAccount,
    url: string,
    form: Record<string, string>,
  ): Promise<Delivery | undefined> {
    const { faults, later } = this.#options;
    if (faults.take(["webhookLost"], url)) return undefined;
    const late = faults.take(["webhookDelayed", "webhookReordered"], url);
    if (late) {
      const ms = late.kind === "webhookReordered" ? reorderMs : (late.ms ?? defaultDelayMs);
      later(ms, () => void this.#post(account, url, form));
      return undefined;
    }
    if (faults.take(["webhookRepeated"], url)) await this.#post(account, url, form);
    return this.#post(account, url, form);
  }

  async #post(account: SandboxAccount, url: string, form: Record<string, string>): Promise<Delivery> {
    const { faults, closing, onDelivery } = this.#options;
    const wrongSignature = faults.take(["wrongSignature"], url) !== undefined;
    const delivery = await post(account.authToken, url, form, { closing, wrongSignature });
    onDelivery(account, delivery);
    return delivery;
  }
}
