import type { Transaction } from "kysely";
import { NotFound } from "../../models/errors.ts";
import type { Change } from "../../models/types.ts";
import { isRetryable, type Engine } from "../engines/engine.ts";
import { GroupCommit } from "./groupCommit.ts";
import type { Tables } from "../engines/schema.ts";

const worksPerCommit = 50;

/** What one account's change is written with. */
export interface Unit {
  trx: Transaction<Tables>;
  accountSid: string;
  /** Tells open pages, once the transaction has committed. The same change twice is one. */
  announce(change: Change): void;
}

interface Work {
  accountSid: string;
  run: (unit: Unit) => Promise<unknown>;
}

type NewEvent = { account_sid: string; change: string };

/** Runs every change of an account in a transaction that no other change of the account interleaves with. */
export class Writer {
  readonly #engine: Engine;
  readonly #onEvents: () => void;
  readonly #commits = new GroupCommit<Work, unknown>((works) => this.#commit(works), worksPerCommit);

  constructor(engine: Engine, onEvents: () => void) {
    this.#engine = engine;
    this.#onEvents = onEvents;
  }

  /**
   * Throws NotFound when nobody is signed in to the account, so that nothing is kept for it after a sign-out. Calls at
   * the same time share a transaction. `run` may run again, so it must not change anything outside the database.
   */
  write<T>(accountSid: string, run: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#commits.add({ accountSid, run }) as Promise<T>;
  }

  /** A transaction of its own, for several accounts. */
  async writeAll<T>(
    accountSids: string[],
    work: (unitOf: (accountSid: string) => Unit) => Promise<T>,
  ): Promise<T> {
    const sorted = [...new Set(accountSids)].sort();
    return this.transact(async (unitOf) => {
      const { trx } = unitOf("");
      const found = await this.#engine.lockAccounts(trx, sorted);
      if (sorted.some((sid) => !found.has(sid)))
        throw new NotFound("Nobody is signed in to this account any more.");
      return work(unitOf);
    });
  }

  /** A transaction that needs no account to be there. */
  async transact<T>(work: (unitOf: (accountSid: string) => Unit) => Promise<T>): Promise<T> {
    const { result, announced } = await this.#once(work).catch((error: unknown) => {
      if (isRetryable(error)) return this.#once(work);
      throw error;
    });
    if (announced) this.#onEvents();
    return result;
  }

  /** Resolves when nothing waits to be written any more. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  #commit(works: Work[]): Promise<unknown[]> {
    const accountSids = works.map(({ accountSid }) => accountSid);
    return this.writeAll(accountSids, async (unitOf) => {
      const answers: unknown[] = [];
      for (const { accountSid, run } of works) answers.push(await run(unitOf(accountSid)));
      return answers;
    });
  }

  #once<T>(work: (unitOf: (accountSid: string) => Unit) => Promise<T>) {
    return this.#engine.db.transaction().execute(async (trx) => {
      const events = new Map<string, NewEvent>();
      const unitOf = (accountSid: string): Unit => ({
        trx,
        accountSid,
        announce: (change) => keep(events, { account_sid: accountSid, change: JSON.stringify(change) }),
      });
      const result = await work(unitOf);
      await this.#insert(trx, [...events.values()]);
      return { result, announced: events.size > 0 };
    });
  }

  async #insert(trx: Transaction<Tables>, events: NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const at = Date.now();
    await this.#engine.lockEvents(trx);
    const rows = events.map((event) => ({ ...event, at }));
    const inserted = await trx.insertInto("events").values(rows).returning("id").execute();
    await this.#engine.notify(trx, Math.max(...inserted.map(({ id }) => id)));
  }
}

function keep(events: Map<string, NewEvent>, event: NewEvent): void {
  events.set(`${event.account_sid} ${event.change}`, event);
}
