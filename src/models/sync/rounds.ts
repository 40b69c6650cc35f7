import { setTimeout as wait } from "node:timers/promises";

/** Background work that goes on in rounds, with pauses between them, until it is stopped. */
export class Rounds {
  readonly #stopping = new AbortController();
  #pause = new AbortController();
  #wanted = false;
  #ended: Promise<void> = Promise.resolve();

  /** Begins; `rounds` looks at `stopped` and ends by itself. */
  run(rounds: () => Promise<void>): Promise<void> {
    return (this.#ended = rounds());
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Somebody has asked for another round since the last one began. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** Ends the current pause early, or leaves out the next one. */
  hurry(): void {
    this.#wanted = true;
    this.#pause.abort();
  }

  begin(): void {
    this.#wanted = false;
    this.#pause = new AbortController();
  }

  /** Resolves after so many milliseconds, or as soon as the work is stopped or hurried. */
  async pause(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, this.#pause.signal]);
    await wait(ms, undefined, { signal }).catch(() => undefined);
  }

  /** Resolves when the last round has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }
}
