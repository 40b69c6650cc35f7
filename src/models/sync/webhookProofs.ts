import type { SyncStore } from "./store.ts";

const noteEveryMs = 10_000;

/** Notes that a signed webhook came, and to which address: texts need no quick looks at Twilio's log then. */
export class WebhookProofs {
  readonly #store: { syncs: SyncStore };
  readonly #smsUrl: string | undefined;
  readonly #onError: (error: unknown) => void;
  readonly #notedAt = new Map<string, number>();

  constructor(store: { syncs: SyncStore }, smsUrl: string | undefined, onError: (error: unknown) => void) {
    this.#store = store;
    this.#smsUrl = smsUrl;
    this.#onError = onError;
  }

  note(accountSid: string): void {
    const now = Date.now();
    if (now - (this.#notedAt.get(accountSid) ?? 0) < noteEveryMs) return;
    this.#notedAt.set(accountSid, now);
    const proof = { webhookAt: new Date(now), webhookUrl: this.#smsUrl ?? null };
    this.#store.syncs.update(accountSid, proof).catch(this.#onError);
  }
}
