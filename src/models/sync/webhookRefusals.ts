import { randomInt } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Accounts } from "../account/accounts.ts";
import type { VerifySignature } from "../account/twilio.ts";
import type { EventStore } from "../events.ts";
import { NotFound } from "../errors.ts";
import { refusalReason, type RefusedWebhook } from "./refusalReason.ts";
import type { Refusal, RefusalStore, SyncStore } from "./store.ts";

const noteEveryMs = 2_000;
const mostAccounts = 1_000;
const delayMs = [100, 800] as const;
// In characters, with much to spare; trying addresses for more would take long.
const largestGenuine = 20_000;
// Open pages hear of the first; whoever goes on posting must not keep them busy.
const tellEveryMs = 10 * 60_000;

interface RefusalParts {
  accounts: Accounts;
  verifySignature: VerifySignature;
  onError: (error: unknown) => void;
}

/** Webhooks in an account's name that were refused: a genuine one among them is a text that comes late. */
export class WebhookRefusals {
  readonly #store: { refusals: RefusalStore; syncs: SyncStore; events: EventStore };
  readonly #parts: RefusalParts;
  readonly #later = new Set<NodeJS.Timeout>();
  readonly #noted = new LRUCache<string, true>({ max: mostAccounts, ttl: noteEveryMs });

  constructor(store: { refusals: RefusalStore; syncs: SyncStore; events: EventStore }, parts: RefusalParts) {
    this.#store = store;
    this.#parts = parts;
  }

  /** Finds out why some time later, so that neither the answer nor one right behind it tells by its delay whether the account is here. */
  note(webhook: RefusedWebhook): void {
    if (this.#noted.has(webhook.accountSid) || sizeOf(webhook.form) > largestGenuine) return;
    this.#noted.set(webhook.accountSid, true);
    const at = new Date();
    const later = setTimeout(
      () => {
        this.#later.delete(later);
        this.#keep(webhook, at).catch((error: unknown) => {
          this.#noted.delete(webhook.accountSid);
          if (!(error instanceof NotFound)) this.#parts.onError(error);
        });
      },
      randomInt(...delayMs),
    );
    this.#later.add(later);
  }

  /** Finds nothing out any more. */
  stop(): void {
    for (const timer of this.#later) clearTimeout(timer);
    this.#later.clear();
  }

  /** The newest one that no accepted webhook has followed; undefined when all is well. */
  async standing(accountSid: string): Promise<Refusal | undefined> {
    const [latest] = await this.#store.refusals.list(accountSid, 1);
    if (latest === undefined) return undefined;
    const { webhookAt } = await this.#store.syncs.find(accountSid);
    return webhookAt !== null && webhookAt > latest.at ? undefined : latest;
  }

  async #keep(webhook: RefusedWebhook, at: Date): Promise<void> {
    const { accountSid, expectedUrl } = webhook;
    const authTokens = await this.#parts.accounts.authTokens(accountSid);
    if (authTokens.length === 0) return;
    const why = refusalReason(webhook, authTokens, this.#parts.verifySignature);
    const signedUrl = why.reason === "address" ? why.signedUrl : null;
    const told = await this.standing(accountSid);
    await this.#store.refusals.add(accountSid, {
      ...{ at, reason: why.reason, signedUrl },
      expectedUrl: withoutQuery(expectedUrl),
    });
    if (told === undefined || at.getTime() - told.at.getTime() > tellEveryMs)
      await this.#store.events.announce(accountSid, { kind: "refresh" });
  }
}

function sizeOf(form: RefusedWebhook["form"]): number {
  return Object.entries(form).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
}

// Anybody may have written what follows it, and the page shows this.
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, "");
}
