import { setImmediate as turn } from "node:timers/promises";
import { StoreUnavailable } from "../../models/errors.ts";

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** Lets all calls that arrive in a turn of the event loop, or while a commit runs, share the next commit. */
export class GroupCommit<Item, Answer> {
  readonly #commit: (items: Item[]) => Promise<Answer[]>;
  readonly #most: number;
  readonly #waiting: Waiting<Item, Answer>[] = [];
  #running: Promise<void> | undefined;

  /** `commit` answers in the order of the items. */
  constructor(commit: (items: Item[]) => Promise<Answer[]>, most: number) {
    this.#commit = commit;
    this.#most = most;
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
      await this.#together(this.#waiting.splice(0, this.#most));
    }
    this.#running = undefined;
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
