const longestMs = 50;

/** Two threads write to the same SQLite file by turns; the one that answers people goes first. Both have one of these. */
export class RightOfWay {
  /** How many there wait or write, for both threads to see. */
  readonly shared: SharedArrayBuffer;
  readonly #count: Int32Array;

  constructor(shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#count = new Int32Array(shared);
  }

  /** The thread that is behind is there: it may hold the file for longer than others. */
  come(): void {
    Atomics.add(this.#count, 1, 1);
  }

  go(): void {
    Atomics.sub(this.#count, 1, 1);
  }

  isShared(): boolean {
    return Atomics.load(this.#count, 1) > 0;
  }

  take(): void {
    Atomics.add(this.#count, 0, 1);
  }

  leave(): void {
    Atomics.sub(this.#count, 0, 1);
    Atomics.notify(this.#count, 0);
  }

  /** Holds this thread up while somebody on the other has it, but not for long. */
  giveWay(): void {
    const until = Date.now() + longestMs;
    for (;;) {
      const count = Atomics.load(this.#count, 0);
      const left = until - Date.now();
      if (count === 0 || left <= 0) return;
      Atomics.wait(this.#count, 0, count, left);
    }
  }
}
