/** Something that happened to an account, for the models that must know. */
export class Signal<Fact> {
  readonly #listeners: ((fact: Fact) => void | Promise<void>)[] = [];

  listen(listener: (fact: Fact) => void | Promise<void>): void {
    this.#listeners.push(listener);
  }

  /** Resolves when every listener is done with it. */
  async send(fact: Fact): Promise<void> {
    await Promise.all(this.#listeners.map(async (listener) => listener(fact)));
  }
}
