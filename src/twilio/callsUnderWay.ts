type Kind = "read" | "write";

/** Calls that may have to be given up: a read at any time, a write only when its answer may be lost. */
export class CallsUnderWay {
  readonly #controllers = new Map<string, AbortController>();

  signalOf(accountSid: string, kind: Kind): AbortSignal {
    const key = `${kind} ${accountSid}`;
    const controller = this.#controllers.get(key) ?? new AbortController();
    this.#controllers.set(key, controller);
    return controller.signal;
  }

  /** Gives up the calls of one account, or of all. */
  abort(kind: Kind, accountSid?: string): void {
    for (const [key, controller] of this.#controllers) {
      if (!key.startsWith(kind) || (accountSid !== undefined && !key.endsWith(accountSid))) continue;
      this.#controllers.delete(key);
      controller.abort();
    }
  }
}
