import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreUnavailable } from "../../models/errors.ts";
import type { SearchStore } from "../../models/chat/store.ts";

type Question =
  | { what: "messages"; asked: Parameters<SearchStore["messages"]> }
  | { what: "people"; asked: Parameters<SearchStore["people"]> };

/** What the thread is asked, and what it answers. */
export type Asked = Question & { id: number };
export type Answered = { id: number; found?: unknown; fault?: string };

interface Waiting {
  resolve: (found: unknown) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

const restsAfterMs = 30_000;
const longestMs = 10_000;
// In the bundle (scripts/bundle.js) it lies beside this code as well, as JavaScript.
const workerUrl = new URL(`searchWorker${extname(import.meta.url)}`, import.meta.url);

/**
 * Searches in a thread of its own with a connection of its own to the SQLite file: one in a large account may take
 * seconds, and everybody else is answered meanwhile. What takes longer is given up, with the thread. Begun by the first
 * search; ends when there were none for a while.
 */
export class SearchThread implements SearchStore {
  readonly #dataDir: string;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #worker: Worker | undefined;
  #rest: NodeJS.Timeout | undefined;
  /** One that was given up and still works: a query cannot be interrupted. */
  #ending: Worker | undefined;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  messages(...asked: Parameters<SearchStore["messages"]>): ReturnType<SearchStore["messages"]> {
    return this.#ask({ what: "messages", asked });
  }

  people(...asked: Parameters<SearchStore["people"]>): ReturnType<SearchStore["people"]> {
    return this.#ask({ what: "people", asked });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#giveUp(new Error("The store is closed"));
    await worker?.terminate();
  }

  #ask<T>(question: Question): Promise<T> {
    if (this.#ending)
      return Promise.reject(
        new StoreUnavailable({ cause: new Error("A search that was given up still runs") }),
      );
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    return new Promise<T>((resolve, reject) => {
      const id = (this.#next += 1);
      const timer = setTimeout(() => this.#stop(worker), longestMs);
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, timer });
      worker.postMessage({ id, ...question });
    });
  }

  #start(): Worker {
    const worker = new Worker(workerUrl, { workerData: { dataDir: this.#dataDir } });
    worker.on("message", (answered: Answered) => this.#hear(answered));
    worker.on("error", (error) => this.#fail(worker, error));
    worker.on("exit", () => this.#fail(worker, new Error("The thread ended")));
    return worker;
  }

  #hear({ id, found, fault }: Answered): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    if (fault === undefined) waiting?.resolve(found);
    else waiting?.reject(new StoreUnavailable({ cause: new Error(fault) }));
    if (this.#waiting.size > 0) return;
    this.#worker?.unref();
    this.#rest ??= setTimeout(() => void this.#end(), restsAfterMs).unref();
  }

  #stop(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#giveUp(new Error(`A search took more than ${longestMs / 1_000} seconds`));
    this.#ending = worker;
    void worker.terminate().finally(() => (this.#ending = undefined));
  }

  #fail(worker: Worker, cause: unknown): void {
    if (worker === this.#worker) this.#giveUp(cause);
  }

  #giveUp(cause: unknown): void {
    this.#worker = undefined;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new StoreUnavailable({ cause }));
    }
    this.#waiting.clear();
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined || this.#waiting.size > 0) return;
    this.#worker = undefined;
    worker.ref();
    worker.postMessage("close");
    await once(worker, "exit");
  }
}
