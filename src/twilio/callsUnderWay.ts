type Kind = "read" | "write";

/** Calls that may have to be given up: a read at any time, a write only when its answer may be lost. */
export class CallsUnderWay {
  readonly #controllers = new Map<string, AbortController>();
  readonly #abandoned = new Set<string>();

  /** Aborted already for what is being abandoned. */
  signalOf(accountSid: string, kind: Kind): AbortSignal {
    const key = `${kind} ${accountSid}`;
    if (this.#abandoned.has(key) || this.#abandoned.has(kind)) return AbortSignal.abort();
    const controller = this.#controllers.get(key) ?? new AbortController();
    this.#controllers.set(key, controller);
    return controller.signal;
  }

  /** Gives up the calls of one account, or of all, and every further one until the returned function is called. */
  abandon(kind: Kind, accountSid?: string): () => void {
    const abandoned = accountSid === undefined ? kind : `${kind} ${accountSid}`;
    this.#abandoned.add(abandoned);
    for (const [key, controller] of this.#controllers) {
      if (!key.startsWith(abandoned)) continue;
      this.#controllers.delete(key);
      controller.abort();
    }
    return () => this.#abandoned.delete(abandoned);
  }
}
