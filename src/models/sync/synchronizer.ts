import { randomUUID } from "node:crypto";
import type { Accounts } from "../account/accounts.ts";
import type { Logouts } from "../account/logouts.ts";
import type { AccountStore } from "../account/store.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { Messages } from "../chat/messages.ts";
import { ParleyError } from "../errors.ts";
import type { Live } from "../live.ts";
import type { Pair } from "../types.ts";
import { AccountRounds, type RoundParts } from "./accountRounds.ts";
import { Rounds } from "./rounds.ts";
import type { WebhookProofs } from "./webhookProofs.ts";

export interface SynchronizerParts extends Omit<RoundParts, "holder" | "isWatched" | "store"> {
  store: RoundParts["store"] & { accounts: AccountStore };
  webhookProofs: WebhookProofs;
  live: Live;
  /** Gives up the account's reading calls to Twilio until the returned function is called. */
  abandonReads: (accountSid: string) => () => void;
}

/** Who tells the synchronizer that there is something to do. */
export interface Callers {
  accounts: Accounts;
  logouts: Logouts;
  conversations: Conversations;
  messages: Messages;
}

/** Keeps the cache of every account true, for as long as anybody watches it or something of its past is missing. */
export class Synchronizer {
  readonly #parts: SynchronizerParts;
  readonly #holder = randomUUID();
  readonly #rounds = new Map<string, Rounds>();
  #stopped = false;

  constructor(parts: SynchronizerParts, { accounts, logouts, conversations, messages }: Callers) {
    this.#parts = parts;
    parts.live.onWatch((accountSid) => this.start(accountSid));
    accounts.signedIn.listen((accountSid) => this.#begin(accountSid));
    logouts.loggedOut.listen((accountSid) => this.stop(accountSid));
    conversations.opened.listen(({ accountSid, ...pair }) => this.#readSoon(accountSid, pair));
    messages.webhooks.listen((accountSid) => parts.webhookProofs.note(accountSid));
    parts.store.events.listen((events) => {
      // Another instance may have signed the account out.
      for (const { accountSid, change } of events)
        if (change.kind === "signedOut") void this.stop(accountSid);
    });
  }

  /** At the start of the process: every account may have missed something while it was down. */
  async startAll(): Promise<void> {
    for (const { sid } of await this.#parts.store.accounts.attended()) this.start(sid);
  }

  /** Begins, or hurries up, the rounds of an account. */
  start(accountSid: string): void {
    if (this.#stopped) return;
    const running = this.#rounds.get(accountSid);
    if (running) return running.hurry();
    const rounds = new Rounds();
    this.#rounds.set(accountSid, rounds);
    const own = new AccountRounds(accountSid, this.#roundParts(), rounds);
    void rounds
      .run(() => own.run())
      .finally(() => {
        this.#rounds.delete(accountSid);
        if (rounds.wanted) this.start(accountSid);
      });
  }

  /** Resolves when nothing is being written for the account any more. */
  async stop(accountSid: string): Promise<void> {
    const release = this.#parts.abandonReads(accountSid);
    await this.#rounds.get(accountSid)?.stop();
    release();
  }

  async stopAll(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#rounds.keys()].map((accountSid) => this.stop(accountSid)));
  }

  #roundParts(): RoundParts {
    const { live } = this.#parts;
    return {
      ...this.#parts,
      holder: this.#holder,
      isWatched: (accountSid) => live.watched().includes(accountSid),
    };
  }

  // The numbers are waited for, because every page shows them; the rest comes meanwhile, and goes on in the background.
  async #begin(accountSid: string): Promise<void> {
    const numbers = this.#parts.numbers.refresh(accountSid);
    this.start(accountSid);
    await numbers.catch((error: unknown) => {
      if (!(error instanceof ParleyError)) throw error;
    });
  }

  #readSoon(accountSid: string, pair: Pair): void {
    this.#parts.history.readConversation(accountSid, pair).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) this.#parts.onError(error);
    });
  }
}
