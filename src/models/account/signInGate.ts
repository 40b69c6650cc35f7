import { BadCredentials, TooMany } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { networkOf } from "./network.ts";

const atOnce = 8;
const atOnceFromOne = 3;

/** Lets few strangers at a time ask Twilio, and whoever fails often not at all for a while. */
export class SignInGate {
  readonly #limits: Limits;
  readonly #underWay: string[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Asks, unless too many do. Attempts that end well are not counted. Throws TooMany. */
  async pass<T>(accountSid: string, address: string, ask: () => Promise<T>): Promise<T> {
    const network = networkOf(address);
    this.#enter(network);
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
      this.#underWay.splice(this.#underWay.indexOf(network), 1);
    }
  }

  #enter(network: string): void {
    const own = this.#underWay.filter((other) => other === network).length;
    if (this.#underWay.length >= atOnce || own >= atOnceFromOne)
      throw new TooMany("Too many people are signing in at once. Try again in a moment.", 2, "signInsAtOnce");
    this.#underWay.push(network);
  }

  async #giveBack(network: string, accountSid: string): Promise<void> {
    await this.#limits.giveBack("signInsFrom", network);
    await this.#limits.giveBack("signInsTo", accountSid);
  }
}
