import type { Account } from "../types.ts";
import { BadCredentials, ParleyError, StoreUnavailable, TwilioBusy } from "../errors.ts";
import type { EventStore } from "../events.ts";
import type { LeaseStore } from "../leases.ts";
import type { Deliveries } from "../chat/deliveries.ts";
import type { TwilioClock } from "../chat/twilio.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Ahead, History } from "./history.ts";
import { paceOf, pauseAfter, pauseAfterFailures, type Pace, type Pauses } from "./polling.ts";
import type { Reconciliation } from "./reconciliation.ts";
import type { Rounds } from "./rounds.ts";
import { isSilent } from "./silence.ts";
import type { SyncStore } from "./store.ts";

export interface RoundParts {
  store: {
    accounts: { find(sid: string): Promise<Account | undefined> };
    events: EventStore;
    leases: LeaseStore;
    syncs: SyncStore;
  };
  history: History;
  reconciliation: Reconciliation;
  deliveries: Deliveries;
  numbers: Numbers;
  clock: TwilioClock;
  pauses: Pauses;
  /** This process, as the leases know it. */
  holder: string;
  isWatched: (accountSid: string) => boolean;
  onError: (error: unknown) => void;
}

const leaseMs = 30_000;
// Somebody may change them in the Twilio Console.
const numbersEveryMs = 60 * 60_000;

/** The rounds of one account: under its lease, a look at what is new, what earlier looks left, and a page of its past. */
export class AccountRounds {
  readonly #accountSid: string;
  readonly #parts: RoundParts;
  readonly #rounds: Rounds;
  #failures = 0;
  /** Nothing has been looked at since the start. */
  #first = true;
  #numbersReadAt = -Infinity;
  readonly #ahead: Ahead = {};

  constructor(accountSid: string, parts: RoundParts, rounds: Rounds) {
    this.#accountSid = accountSid;
    this.#parts = parts;
    this.#rounds = rounds;
  }

  /** Resolves when nothing is left to do, or the rounds are stopped. */
  async run(): Promise<void> {
    for (let pauseMs: number | undefined = 0; pauseMs !== undefined && !this.#rounds.stopped;) {
      this.#rounds.begin();
      pauseMs = await this.#next();
      if (pauseMs !== undefined) await this.#rounds.pause(pauseMs);
    }
    const { leases } = this.#parts.store;
    await leases.release(this.#lease, this.#parts.holder).catch(this.#parts.onError);
  }

  /** How long to pause after a round; undefined when nothing is left to do. */
  async #next(): Promise<number | undefined> {
    try {
      // Whoever was killed may have this account's lease for a while longer; its messages need not wait for that, nor for Twilio.
      const areOthersBusy = await this.#parts.deliveries.settleOrphans(this.#accountSid);
      const isMine = await this.#take();
      const hasMore = isMine && (await this.#round());
      const pace = isMine && !hasMore ? await this.#pace() : "quick";
      const isWatched = this.#parts.isWatched(this.#accountSid);
      const end = { isMine, hasMore, isWatched, isFirst: this.#first, areOthersBusy, pace };
      this.#failures = 0;
      if (isMine) this.#first = false;
      return pauseAfter(end, this.#parts.pauses);
    } catch (error) {
      return this.#afterFailure(error);
    }
  }

  /** True when more of the log is left to be read. Nobody's texts wait for the numbers. */
  async #round(): Promise<boolean> {
    const numbers = this.#readNumbers();
    try {
      return await this.#readLog();
    } finally {
      await numbers;
    }
  }

  async #readLog(): Promise<boolean> {
    const { history, reconciliation, pauses } = this.#parts;
    await reconciliation.look(this.#accountSid);
    await reconciliation.sweep(this.#accountSid);
    const lookAt = Date.now() + pauses.quick;
    const pages = [
      () => reconciliation.readGap(this.#accountSid),
      () => history.readPage(this.#accountSid, this.#ahead),
    ];
    for (const readPage of pages) if (await this.#readOn(readPage, lookAt)) return true;
    return false;
  }

  /** Page by page until the next look is due. True when there is more. */
  async #readOn(readPage: () => Promise<boolean>, lookAt: number): Promise<boolean> {
    while (await readPage()) {
      if (Date.now() >= lookAt || this.#rounds.stopped) return true;
      await this.#take();
    }
    return false;
  }

  // Texts come whether or not the numbers can be read; without them the page says so, and they are asked for again.
  async #readNumbers(): Promise<void> {
    if (Date.now() - this.#numbersReadAt < numbersEveryMs) return;
    try {
      await this.#parts.numbers.fresh(this.#accountSid);
      this.#numbersReadAt = Date.now();
    } catch (error) {
      if (!(error instanceof ParleyError) || isOurs(error)) throw error;
    }
  }

  async #pace(): Promise<Pace> {
    const { store, numbers } = this.#parts;
    const sync = await store.syncs.find(this.#accountSid);
    const known = await numbers.list(this.#accountSid);
    const pace = paceOf({ sync, numbers: known, smsUrl: numbers.smsUrl });
    if (sync.pace !== pace) await store.syncs.update(this.#accountSid, { pace });
    return pace;
  }

  async #afterFailure(error: unknown): Promise<number | undefined> {
    if (this.#rounds.stopped) return undefined;
    if (error instanceof BadCredentials && !(await this.#isWorthTrying())) return undefined;
    this.#failures += 1;
    await this.#admit(error);
    return pauseAfterFailures(this.#failures);
  }

  // Twilio may refuse for a moment, or until somebody pays a bill; an account that was signed out here stays so.
  async #isWorthTrying(): Promise<boolean> {
    if (!this.#parts.isWatched(this.#accountSid)) return false;
    const account = await this.#parts.store.accounts.find(this.#accountSid).catch(this.#parts.onError);
    return account !== undefined;
  }

  async #admit(error: unknown): Promise<void> {
    const { store, clock, onError } = this.#parts;
    if (!(error instanceof ParleyError) || isOurs(error)) onError(error);
    if (!(error instanceof TwilioBusy) && this.#failures < 2) return;
    const sync = await store.syncs.find(this.#accountSid).catch(() => undefined);
    if (sync && isSilent(sync, clock.now()))
      await store.events.announce(this.#accountSid, { kind: "sync" }).catch(onError);
    if (sync?.state === "running" && !isOurs(error))
      await store.syncs.update(this.#accountSid, { state: "waiting" }).catch(onError);
  }

  #take(): Promise<boolean> {
    return this.#parts.store.leases.take(this.#lease, this.#parts.holder, leaseMs);
  }

  get #lease(): string {
    return `sync:${this.#accountSid}`;
  }
}

/** Our storage's trouble, not Twilio's. */
function isOurs(error: unknown): boolean {
  return error instanceof StoreUnavailable;
}
