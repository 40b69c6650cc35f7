// Byte by byte it could take for ever.
const longestWaits = 8;

/** Gives up on a Twilio that says nothing for so long, or takes many times as long in all. */
export class MediaPatience {
  readonly signal: AbortSignal;
  readonly #silence: NodeJS.Timeout;
  readonly #whole: NodeJS.Timeout;

  constructor(silentMs: number, givenUp: AbortSignal) {
    const tooLong = new AbortController();
    const giveUp = () => tooLong.abort(new Error("No answer in time"));
    this.#silence = setTimeout(giveUp, silentMs);
    this.#whole = setTimeout(giveUp, silentMs * longestWaits);
    this.signal = AbortSignal.any([tooLong.signal, givenUp]);
  }

  /** Something has come. */
  hear(): void {
    this.#silence.refresh();
  }

  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#whole);
  }
}
