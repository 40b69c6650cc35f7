import { once } from "node:events";
import { extname } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { NotFound, StoreDamaged, StoreFull, StoreUnavailable } from "../../models/errors.ts";
import type { Taken } from "../../models/chat/told.ts";
import type { CommitHooks } from "../commits/writer.ts";
import type { Telling } from "./intake.ts";

/** What the thread is asked for. */
export interface Order {
  id: number;
  accountSid: string;
  telling: Telling;
}

/** What it tells: answers to orders, and what a commit is to tell others. */
export interface Report {
  answers?: { id: number; taken?: Taken[]; fault?: Fault }[];
  commitMs?: number;
  hasEvents?: boolean;
  /** The thread listens. */
  hasBegun?: boolean;
  reached?: Parameters<NonNullable<CommitHooks["onSend"]>>[0];
}

/** An error on its way from one thread to the other. */
export interface Fault {
  kind: "gone" | "full" | "damaged" | "away" | "other";
  message: string;
}

export interface ThreadParts {
  dataDir: string;
  /** Of this thread's `RightOfWay`. */
  shared: SharedArrayBuffer;
  hooks: CommitHooks;
}

interface Waiting {
  resolve: (taken: Taken[]) => void;
  reject: (error: unknown) => void;
}

const restsAfterMs = 30_000;
// In the bundle (scripts/bundle.js) it lies beside this code as well, as JavaScript.
const workerUrl = new URL(`intakeWorker${extname(import.meta.url)}`, import.meta.url);

/**
 * The way in, in a thread of its own with a connection of its own to the SQLite file: a commit waits for the disk, and
 * the history of a large account is much work, while this thread goes on answering. Begun when there is much; ends
 * when there were none for a while, because it takes some memory.
 */
export class IntakeThread {
  readonly #parts: ThreadParts;
  readonly #waiting = new Map<number, Waiting>();
  #orders: Order[] = [];
  #next = 0;
  #worker: Worker | undefined;
  #rest: NodeJS.Timeout | undefined;
  #hasBegun = false;
  #isFull = false;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  /** Throws what the writer throws. */
  take(accountSid: string, telling: Telling): Promise<Taken[]> {
    return new Promise((resolve, reject) => {
      const id = (this.#next += 1);
      this.#waiting.set(id, { resolve, reject });
      if (this.#orders.push({ id, accountSid, telling }) === 1) void this.#sendTogether();
    });
  }

  /** Begins it in the background, for what comes after what is much: that takes as long as some hundred texts. */
  begin(): void {
    this.#worker ??= this.#start();
  }

  /** Whether what is ordered is begun at once. */
  hasBegun(): boolean {
    return this.#hasBegun;
  }

  isFull(): boolean {
    return this.#isFull;
  }

  /** Once everything that was ordered has been answered. */
  async close(): Promise<void> {
    while (this.#waiting.size > 0)
      await (this.#worker ? once(this.#worker, "message").catch(() => undefined) : turn());
    await this.#end();
  }

  // Orders of a turn of the event loop go as one message, which costs as much as one order.
  async #sendTogether(): Promise<void> {
    await turn();
    const orders = this.#orders;
    this.#orders = [];
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(orders);
  }

  #start(): Worker {
    const { dataDir, shared } = this.#parts;
    const worker = new Worker(workerUrl, { workerData: { dataDir, shared } });
    worker.on("message", (report: Report) => this.#hear(report));
    worker.on("error", (error) => this.#fail(worker, error));
    worker.on("exit", () => this.#fail(worker, new Error("The thread ended")));
    return worker;
  }

  #hear({ answers = [], commitMs, hasEvents, reached, hasBegun }: Report): void {
    if (hasBegun) this.#hasBegun = true;
    const { onCommit, onEvents, onSend } = this.#parts.hooks;
    if (commitMs !== undefined) {
      this.#isFull = false;
      onCommit?.(commitMs);
    }
    if (hasEvents) onEvents();
    if (reached) onSend?.(reached);
    for (const { id, taken, fault } of answers) this.#answer(id, taken, fault);
    if (this.#waiting.size > 0) return;
    this.#worker?.unref();
    this.#rest ??= setTimeout(() => void this.#end(), restsAfterMs).unref();
  }

  #answer(id: number, taken: Taken[] | undefined, fault: Fault | undefined): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (taken) return waiting?.resolve(taken);
    const error = revived(fault);
    if (error instanceof StoreFull) this.#isFull = true;
    waiting?.reject(error);
  }

  #fail(worker: Worker, cause: unknown): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#hasBegun = false;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new StoreUnavailable({ cause }));
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined || this.#waiting.size > 0) return;
    this.#worker = undefined;
    this.#hasBegun = false;
    worker.ref();
    worker.postMessage("close");
    await once(worker, "exit");
  }
}

export function faultOf(error: unknown): Fault {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error ? cause.message : message;
  if (error instanceof NotFound) return { kind: "gone", message };
  if (error instanceof StoreFull) return { kind: "full", message: why };
  if (error instanceof StoreDamaged) return { kind: "damaged", message: why };
  return error instanceof StoreUnavailable ? { kind: "away", message: why } : { kind: "other", message };
}

function revived({ kind, message }: Fault = { kind: "other", message: "No answer" }): Error {
  const cause = new Error(message);
  const errors = {
    gone: () => new NotFound(message),
    full: () => new StoreFull({ cause }),
    damaged: () => new StoreDamaged({ cause }),
    away: () => new StoreUnavailable({ cause }),
    other: () => cause,
  };
  return errors[kind]();
}
