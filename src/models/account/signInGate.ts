import { TooMany } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { networkOf } from "./network.ts";

const atOnce = 8;

/** Lets few strangers at a time ask Twilio, and whoever fails often not at all for a while. */
export class SignInGate {
  readonly #limits: Limits;
  #underWay = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Asks, unless too many do. Attempts that end well are not counted. Throws TooMany. */
  async pass<T>(accountSid: string, address: string, ask: () => Promise<T>): Promise<T> {
    if (this.#underWay >= atOnce)
      throw new TooMany("Too many people are signing in at once. Try again in a moment.", 2, "signInsAtOnce");
    this.#underWay += 1;
    try {
      const network = networkOf(address);
      await this.#limits.spend("signInsFrom", network);
      await this.#limits.spend("signInsTo", accountSid);
      const answer = await ask();
      await this.#limits.giveBack("signInsFrom", network);
      await this.#limits.giveBack("signInsTo", accountSid);
      return answer;
    } finally {
      this.#underWay -= 1;
    }
  }
}
