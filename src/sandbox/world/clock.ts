// Timers run at once when asked to wait for longer.
const longestTimerMs = 2 ** 31 - 1;

/** What shall happen later, unless the sandbox closes before. */
export class Clock {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();

  /** Aborted when the sandbox closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  later(ms: number, action: () => void): void {
    if (this.closing.aborted) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (ms > longestTimerMs) this.later(ms - longestTimerMs, action);
        else action();
      },
      Math.min(ms, longestTimerMs),
    );
    this.#timers.add(timer);
  }

  stop(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
