import { randomUUID } from "node:crypto";
import { BadCredentials, ParleyError, TwilioBusy } from "../errors.ts";
import type { History } from "./history.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Accounts } from "../account/accounts.ts";
import type { AccountStore } from "../account/store.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { Messages } from "../chat/messages.ts";
import type { EventStore } from "../events.ts";
import type { LeaseStore } from "../leases.ts";
import type { Live } from "../live.ts";
import type { SyncStore } from "./store.ts";
import type { Reconciliation } from "./reconciliation.ts";
import { isSilent } from "./silence.ts";
import type { Pair } from "../types.ts";
import { Rounds } from "./rounds.ts";

export interface SynchronizerOptions {
  /** Between looks at Twilio while no webhook works, in milliseconds. */
  quickMs: number;
  /** Between looks while webhooks rounds. */
  slowMs: number;
  onError: (error: unknown) => void;
}

export interface SynchronizerStores {
  accounts: AccountStore;
  events: EventStore;
  leases: LeaseStore;
  syncs: SyncStore;
}

const leaseMs = 30_000;
const noteWebhookEveryMs = 10_000;
const longestPauseMs = 60_000;

/** The background work of every account: history until it is read, then a look at Twilio's log while anybody watches. */
export class Synchronizer {
  readonly #store: SynchronizerStores;
  readonly #history: History;
  readonly #reconciliation: Reconciliation;
  readonly #numbers: Numbers;
  readonly #live: Live;
  readonly #options: SynchronizerOptions;
  readonly #holder = randomUUID();
  readonly #webhookNoted = new Map<string, number>();
  readonly #rounds = new Map<string, Rounds>();
  #stopped = false;

  constructor(
    parts: {
      store: SynchronizerStores;
      history: History;
      reconciliation: Reconciliation;
      numbers: Numbers;
      live: Live;
      accounts: Accounts;
      conversations: Conversations;
      messages: Messages;
    },
    options: SynchronizerOptions,
  ) {
    this.#store = parts.store;
    this.#history = parts.history;
    this.#reconciliation = parts.reconciliation;
    this.#numbers = parts.numbers;
    this.#live = parts.live;
    this.#options = options;
    this.#live.onWatch((accountSid) => this.start(accountSid));
    parts.accounts.signedIn.listen((accountSid) => this.#begin(accountSid));
    parts.accounts.leaving.listen((accountSid) => this.#stop(accountSid));
    parts.conversations.opened.listen(({ accountSid, ...pair }) => this.#readSoon(accountSid, pair));
    parts.messages.webhooks.listen((accountSid) => this.#noteWebhook(accountSid));
    this.#store.events.listen((events) => {
      // Another instance has signed the account out.
      for (const { accountSid, change } of events)
        if (change.kind === "signedOut") void this.#stop(accountSid);
    });
  }

  /** At the start of the process: every account may have missed something while it was down. */
  async startAll(): Promise<void> {
    for (const { sid } of await this.#store.accounts.list()) this.start(sid);
  }

  /** After a sign-in: the numbers first, because every page shows them; the rest follows in the background. */
  async #begin(accountSid: string): Promise<void> {
    await this.#numbers.refresh(accountSid).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) throw error;
    });
    this.start(accountSid);
  }

  /** Begins, or hurries up, the work for an account. */
  start(accountSid: string): void {
    if (this.#stopped) return;
    const running = this.#rounds.get(accountSid);
    if (running) return running.hurry();
    const rounds = new Rounds();
    this.#rounds.set(accountSid, rounds);
    const ended = rounds.run(() => this.#run(accountSid, rounds));
    void ended.finally(() => {
      this.#rounds.delete(accountSid);
      if (rounds.wanted) this.start(accountSid);
    });
  }

  /** Resolves when nothing is being written for the account any more. */
  async #stop(accountSid: string): Promise<void> {
    await this.#rounds.get(accountSid)?.stop();
  }

  /** A signed webhook came: texts need no quick looks at Twilio's log any more. */
  #noteWebhook(accountSid: string): void {
    const now = Date.now();
    if (now - (this.#webhookNoted.get(accountSid) ?? 0) < noteWebhookEveryMs) return;
    this.#webhookNoted.set(accountSid, now);
    this.#store.syncs.update(accountSid, { webhookAt: new Date(now) }).catch(this.#options.onError);
  }

  /** Brings a conversation that somebody has opened, ahead of the rest of the history. */
  #readSoon(accountSid: string, pair: Pair): void {
    this.#history.readConversation(accountSid, pair).catch((error: unknown) => {
      if (!(error instanceof ParleyError)) this.#options.onError(error);
    });
  }

  async stopAll(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#rounds.keys()].map((accountSid) => this.#stop(accountSid)));
  }

  async #run(accountSid: string, rounds: Rounds): Promise<void> {
    let failures = 0;
    let first = true;
    while (!rounds.stopped) {
      rounds.beginRound();
      try {
        const mine = await this.#take(accountSid);
        const pauseMs = mine
          ? await this.#round(accountSid, rounds, first)
          : this.#patience(accountSid, first);
        failures = 0;
        if (mine) first = false;
        if (pauseMs === undefined) break;
        await rounds.pause(pauseMs);
      } catch (error) {
        if (error instanceof BadCredentials && !(await this.#isWorthTrying(accountSid))) break;
        failures += 1;
        await this.#admit(accountSid, error, failures);
        await rounds.pause(Math.min(1_000 * 2 ** failures, longestPauseMs));
      }
    }
    await this.#store.leases.release(leaseOf(accountSid), this.#holder).catch(this.#options.onError);
  }

  // Whoever has the lease may be a process that was killed, so what it left undone is waited for even when nobody watches.
  #patience(accountSid: string, first: boolean): number | undefined {
    return first || this.#isSynchronizered(accountSid) ? this.#options.quickMs : undefined;
  }

  /** Returns how long to pause before the next round; undefined when nothing is left to do. */
  async #round(accountSid: string, rounds: Rounds, first: boolean): Promise<number | undefined> {
    if (first) await this.#numbers.refresh(accountSid);
    await this.#reconciliation.run(accountSid);
    const pollAt = Date.now() + this.#options.quickMs;
    let more = await this.#history.readPage(accountSid);
    while (more && Date.now() < pollAt && !rounds.stopped) {
      await this.#take(accountSid);
      more = await this.#history.readPage(accountSid);
    }
    if (more) return 0;
    return this.#isSynchronizered(accountSid) ? this.#interval(accountSid) : undefined;
  }

  #take(accountSid: string): Promise<boolean> {
    return this.#store.leases.take(leaseOf(accountSid), this.#holder, leaseMs);
  }

  // Twilio may refuse for a moment, or until somebody pays a bill; an account that was signed out here stays so.
  async #isWorthTrying(accountSid: string): Promise<boolean> {
    if (!this.#isSynchronizered(accountSid)) return false;
    const account = await this.#store.accounts.find(accountSid).catch(this.#options.onError);
    return account !== undefined;
  }

  #isSynchronizered(accountSid: string): boolean {
    return this.#live.watched().includes(accountSid);
  }

  async #interval(accountSid: string): Promise<number> {
    const { webhookAt } = await this.#store.syncs.find(accountSid);
    const instant = webhookAt !== null && (await this.#numbers.areConnected(accountSid));
    return instant ? this.#options.slowMs : this.#options.quickMs;
  }

  async #admit(accountSid: string, error: unknown, failures: number): Promise<void> {
    if (!(error instanceof ParleyError)) this.#options.onError(error);
    if (!(error instanceof TwilioBusy) && failures < 2) return;
    const sync = await this.#store.syncs.find(accountSid).catch(() => undefined);
    if (sync && isSilent(sync))
      await this.#store.events.announce(accountSid, { kind: "sync" }).catch(this.#options.onError);
    if (sync?.state === "running")
      await this.#store.syncs.update(accountSid, { state: "waiting" }).catch(this.#options.onError);
  }
}

function leaseOf(accountSid: string): string {
  return `watch:${accountSid}`;
}
