import { setImmediate as turn } from "node:timers/promises";
import { StoreUnavailable } from "../../models/errors.ts";

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** How many a commit takes, in all and of one owner, so that nobody's many hold up everybody. */
export interface CommitTerms<Item> {
  most: number;
  mostOfEach: number;
  ownerOf: (item: Item) => string;
}

/** Lets all calls that arrive in a turn of the event loop, or while a commit runs, share the next commit. */
export class GroupCommit<Item, Answer> {
  readonly #commit: (items: Item[]) => Promise<Answer[]>;
  readonly #terms: CommitTerms<Item>;
  #waiting: Waiting<Item, Answer>[] = [];
  #running: Promise<void> | undefined;

  /** `commit` answers in the order of the items. */
  constructor(commit: (items: Item[]) => Promise<Answer[]>, terms: CommitTerms<Item>) {
    this.#commit = commit;
    this.#terms = terms;
  }

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** How many wait for a commit that has not begun. */
  waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await turn();
      await this.#together(this.#next());
    }
    this.#running = undefined;
  }

  // In the order they came, but for those of whom there are too many already.
  #next(): Waiting<Item, Answer>[] {
    const { most, mostOfEach, ownerOf } = this.#terms;
    const chosen: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    const counts = new Map<string, number>();
    for (const waiting of this.#waiting) {
      const owner = ownerOf(waiting.item);
      const count = (counts.get(owner) ?? 0) + 1;
      counts.set(owner, count);
      (count <= mostOfEach && chosen.length < most ? chosen : left).push(waiting);
    }
    this.#waiting = left;
    return chosen;
  }

  async #together(waiting: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#commit(waiting.map(({ item }) => item));
      waiting.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      if (waiting.length === 1 || error instanceof StoreUnavailable)
        for (const { reject } of waiting) reject(error);
      else for (const one of waiting) await this.#together([one]);
    }
  }
}
