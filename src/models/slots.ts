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

/** What comes to an end at some time, as answers to requests do. */
export interface Ending {
  readonly destroyed: boolean;
  once(event: "close", listener: () => void): unknown;
}

/** Lets so many do something at the same time, and asks the others to come again. */
export class Slots {
  readonly #terms: SlotTerms;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(terms: SlotTerms) {
    this.#terms = terms;
  }

  /** Takes so many slots; returns how to give them back, which may be done twice. Throws TooMany. */
  take(key: string, count = 1): () => void {
    const { name, each, all, sentence, retryAfterSeconds } = this.#terms;
    const own = this.#taken.get(key) ?? 0;
    if (own + count > each || this.#all + count > all) throw new TooMany(sentence, retryAfterSeconds, name);
    this.#add(key, count);
    let isGivenBack = false;
    return () => {
      if (!isGivenBack) this.#add(key, -count);
      isGivenBack = true;
    };
  }

  /** Takes them until this ends; not at all when it has ended already, which nobody would be told of any more. Throws TooMany. */
  takeUntil(end: Ending, key: string, count = 1): void {
    if (end.destroyed) return;
    end.once("close", this.take(key, count));
  }

  #add(key: string, count: number): void {
    const own = (this.#taken.get(key) ?? 0) + count;
    this.#all += count;
    if (own > 0) this.#taken.set(key, own);
    else this.#taken.delete(key);
  }
}
