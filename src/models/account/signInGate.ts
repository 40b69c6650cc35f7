import { BadCredentials } from "../errors.ts";
import { Slots } from "../slots.ts";
import type { Limits } from "../limits.ts";
import { networkOf } from "./network.ts";

const terms = {
  ...{ name: "signInsAtOnce", each: 3, all: 8, retryAfterSeconds: 2 },
  sentence: "Too many people are signing in at once. Try again in a moment.",
};

/** Lets few strangers at a time ask Twilio, and whoever fails often not at all for a while. */
export class SignInGate {
  readonly #limits: Limits;
  /** By network. */
  readonly #slots = new Slots(terms);

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Asks, unless too many do. Attempts that end well are not counted. Throws TooMany. */
  async pass<T>(accountSid: string, address: string, ask: () => Promise<T>): Promise<T> {
    const network = networkOf(address);
    const giveSlotBack = this.#slots.take(network);
    try {
      await this.#limits.spend("signInsFrom", network);
      await this.#limits.spend("signInsTo", accountSid);
      return await ask().then(
        async (answer) => {
          await this.#giveBack(network, accountSid);
          return answer;
        },
        async (error: unknown) => {
          // That Twilio cannot be reached is nobody's attempt.
          if (!(error instanceof BadCredentials)) await this.#giveBack(network, accountSid);
          throw error;
        },
      );
    } finally {
      giveSlotBack();
    }
  }

  async #giveBack(network: string, accountSid: string): Promise<void> {
    await this.#limits.giveBack("signInsFrom", network);
    await this.#limits.giveBack("signInsTo", accountSid);
  }
}
