import { TooMany } from "./errors.ts";

export interface SlotTerms {
  /** What it is called in the audit log. */
  name: string;
  /** At once for one key, and for all together. */
  each: number;
  all: number;
  sentence: string;
  retryAfterSeconds: number;
}

/** Lets so many do something at the same time, and asks the others to come again. */
export class Slots {
  readonly #terms: SlotTerms;
  readonly #taken: string[] = [];

  constructor(terms: SlotTerms) {
    this.#terms = terms;
  }

  /** Returns how to give the slot back, which may be done twice. Throws TooMany. */
  take(key: string): () => void {
    const { name, each, all, sentence, retryAfterSeconds } = this.#terms;
    const own = this.#taken.filter((other) => other === key).length;
    if (own >= each || this.#taken.length >= all) throw new TooMany(sentence, retryAfterSeconds, name);
    this.#taken.push(key);
    let isGivenBack = false;
    return () => {
      if (!isGivenBack) this.#taken.splice(this.#taken.indexOf(key), 1);
      isGivenBack = true;
    };
  }
}
