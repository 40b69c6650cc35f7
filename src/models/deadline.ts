const wholeMs = 10_000;

/** Until when somebody is kept waiting, in all: ten seconds from its making. */
export class Deadline {
  readonly #endsAt: number;

  constructor(ms = wholeMs) {
    this.#endsAt = performance.now() + ms;
  }

  /** What the work comes to in time, else what `otherwise` says; the work goes on. */
  async keep<T>(work: Promise<T>, otherwise: () => T): Promise<T> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.max(0, this.#endsAt - performance.now()));
    try {
      return await Promise.race([work, over.then(otherwise)]);
    } finally {
      clearTimeout(timer);
    }
  }
}
