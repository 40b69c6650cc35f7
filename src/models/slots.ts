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

  /** Returns how to give the slot back, which may be done twice. Throws TooMany. */
  take(key: string): () => void {
    const { grow, giveBack } = this.#hold(key);
    grow(1);
    return giveBack;
  }

  /** Takes one until this ends; none when it has ended already, which nobody would be told of any more. Throws TooMany. */
  takeUntil(end: Ending, key: string): void {
    this.growUntil(end, key)(1);
  }

  /** Returns how to take so many more until this ends, which throws TooMany. */
  growUntil(end: Ending, key: string): (count: number) => void {
    if (end.destroyed) return () => undefined;
    const { grow, giveBack } = this.#hold(key);
    end.once("close", giveBack);
    return grow;
  }

  #hold(key: string) {
    const { name, each, all, sentence, retryAfterSeconds } = this.#terms;
    let [held, isOver] = [0, false];
    const grow = (count: number) => {
      if (isOver) return;
      const own = this.#taken.get(key) ?? 0;
      if (own + count > each || this.#all + count > all) throw new TooMany(sentence, retryAfterSeconds, name);
      this.#add(key, count);
      held += count;
    };
    const giveBack = () => {
      if (!isOver) this.#add(key, -held);
      isOver = true;
    };
    return { grow, giveBack };
  }

  #add(key: string, count: number): void {
    const own = (this.#taken.get(key) ?? 0) + count;
    this.#all += count;
    if (own > 0) this.#taken.set(key, own);
    else this.#taken.delete(key);
  }
}
