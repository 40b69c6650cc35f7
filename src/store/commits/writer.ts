import type { Transaction } from "kysely";
import { NotFound, StoreFull } from "../../models/errors.ts";
import type { Change, MessageStatus } from "../../models/types.ts";
import { isRetryable, type Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";
import type { WordIndex } from "../engines/wordIndex.ts";
import { Announcements } from "./announcements.ts";
import { GroupCommit } from "./groupCommit.ts";

const writesPerCommit = 500;
const writesOfEach = 100;

/** What one account's change is written with. */
export interface Unit {
  trx: Transaction<Tables>;
  accountSid: string;
  /** What its messages name it by. */
  accountKey: number;
  wordIndex: WordIndex;
  /** Tells open pages, once the transaction has committed. The same change twice is one. */
  announce(change: Change): void;
  /** States that messages sent from here have come to. */
  reached: MessageStatus[];
}

/** Told once a transaction has committed. */
export interface CommitHooks {
  /** There are events. */
  onEvents: () => void;
  /** How long it took, in milliseconds. */
  onCommit?: ((ms: number) => void) | undefined;
  /** A message that was sent from here has come to this state. */
  onSend?: ((status: MessageStatus) => void) | undefined;
}

/** Does what several callers asked for at once, and answers in their order. */
export type Together<Item, Answer> = (unit: Unit, items: Item[]) => Promise<Answer[]>;

interface Write {
  accountSid: string;
  together: Together<unknown, unknown>;
  item: unknown;
}

/** One transaction, whoever it is for. */
interface Work extends Pick<Unit, "trx" | "reached"> {
  announce: (accountSid: string, change: Change) => void;
}

/** Runs every change of an account in a transaction that no other change of the account interleaves with. */
export class Writer {
  readonly #engine: Engine;
  readonly #hooks: CommitHooks;
  #isFull = false;
  readonly #commits = new GroupCommit<Write, unknown>((writes) => this.#commit(writes), {
    most: writesPerCommit,
    mostOfEach: writesOfEach,
    ownerOf: ({ accountSid }) => accountSid,
  });

  constructor(engine: Engine, hooks: CommitHooks) {
    this.#engine = engine;
    this.#hooks = hooks;
  }

  /**
   * Throws NotFound when nobody is signed in to the account, so that nothing is kept for it after a sign-out. Calls at
   * the same time share a transaction. `run` may run again, so it must not change anything outside the database.
   */
  write<T>(accountSid: string, run: (unit: Unit) => Promise<T>): Promise<T> {
    return this.together(accountSid, runAll as Together<typeof run, T>, run);
  }

  /** Like `write`, for what is done better for all callers at once: neighbours with the same function share a call of it. */
  together<Item, Answer>(accountSid: string, together: Together<Item, Answer>, item: Item): Promise<Answer> {
    return this.#commits.add({
      accountSid,
      together: together as Together<unknown, unknown>,
      item,
    }) as Promise<Answer>;
  }

  /** A transaction of its own. Throws NotFound when nobody is signed in to the account. */
  writeAlone<T>(accountSid: string, run: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#transact(async (work) => {
      const unitOf = await this.#lock(work, [accountSid]);
      return run(unitOf(accountSid));
    });
  }

  /** Announces a change, also for an account that is not there any more. */
  announce(accountSid: string, change: Change): Promise<void> {
    return this.#transact(({ announce }) => Promise.resolve(announce(accountSid, change)));
  }

  /** Whether the last change could not be kept because there is no space for it. */
  isFull(): boolean {
    return this.#isFull;
  }

  /** How many changes wait for a transaction that has not begun. */
  waiting(): number {
    return this.#commits.waiting();
  }

  /** Resolves when nothing waits to be written any more. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  #commit(writes: Write[]): Promise<unknown[]> {
    return this.#transact(async (work) => {
      const unitOf = await this.#lock(work, [...new Set(writes.map(({ accountSid }) => accountSid))].sort());
      const answers = new Map<Write, unknown>();
      for (const neighbours of runsOf(writes)) {
        const [{ accountSid, together }] = neighbours;
        const own = await together(
          unitOf(accountSid),
          neighbours.map(({ item }) => item),
        );
        neighbours.forEach((write, index) => answers.set(write, own[index]));
      }
      return writes.map((write) => answers.get(write));
    });
  }

  async #lock(work: Work, sortedSids: string[]): Promise<(accountSid: string) => Unit> {
    const keys = await this.#engine.lockAccounts(work.trx, sortedSids);
    return (accountSid) => {
      const accountKey = keys.get(accountSid);
      if (accountKey === undefined) throw new NotFound("Nobody is signed in to this account any more.");
      const { trx, reached } = work;
      return {
        trx,
        accountSid,
        accountKey,
        wordIndex: this.#engine.wordIndex,
        reached,
        announce: (change) => work.announce(accountSid, change),
      };
    };
  }

  async #transact<T>(run: (work: Work) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const { onEvents, onCommit, onSend } = this.#hooks;
    const { result, announced, reached } = await this.#once(run).catch((error: unknown) => {
      if (isRetryable(error)) return this.#once(run);
      this.#isFull = error instanceof StoreFull;
      throw error;
    });
    this.#isFull = false;
    onCommit?.(performance.now() - startedAt);
    for (const status of reached) onSend?.(status);
    if (announced) onEvents();
    return result;
  }

  #once<T>(run: (work: Work) => Promise<T>) {
    return this.#engine.db.transaction().execute(async (trx) => {
      const announcements = new Announcements();
      const reached: MessageStatus[] = [];
      const announce = (accountSid: string, change: Change) => announcements.add(accountSid, change);
      const result = await run({ trx, reached, announce });
      await announcements.insert(this.#engine, trx);
      return { result, announced: !announcements.isEmpty(), reached };
    });
  }
}

async function runAll(unit: Unit, runs: ((unit: Unit) => Promise<unknown>)[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const run of runs) answers.push(await run(unit));
  return answers;
}

/** Account by account, and within one the writes in their order, neighbours of one kind together. */
function runsOf(writes: Write[]): [Write, ...Write[]][] {
  const runs: [Write, ...Write[]][] = [];
  for (const own of Map.groupBy(writes, ({ accountSid }) => accountSid).values()) {
    for (const [index, write] of own.entries()) {
      const run = runs.at(-1);
      if (run && index > 0 && run[0].together === write.together) run.push(write);
      else runs.push([write]);
    }
  }
  return runs;
}
