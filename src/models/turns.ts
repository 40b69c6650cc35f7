/** Lets so many pieces of work run at once for each key; the others wait their turn. */
export class Turns {
  readonly #most: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    await this.#come(key);
    try {
      return await work();
    } finally {
      this.#go(key);
    }
  }

  #come(key: string): Promise<void> {
    const running = this.#running.get(key) ?? 0;
    if (running >= this.#most)
      return new Promise((resolve) => this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]));
    this.#running.set(key, running + 1);
    return Promise.resolve();
  }

  #go(key: string): void {
    const [next, ...rest] = this.#waiting.get(key) ?? [];
    if (rest.length > 0) this.#waiting.set(key, rest);
    else this.#waiting.delete(key);
    if (next) return next();
    const running = (this.#running.get(key) ?? 1) - 1;
    if (running > 0) this.#running.set(key, running);
    else this.#running.delete(key);
  }
}
