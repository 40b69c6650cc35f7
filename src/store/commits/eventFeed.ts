import { setTimeout as wait } from "node:timers/promises";
import type { Change, LiveEvent } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";

const batchSize = 1_000;

/** Hands committed events of every instance to the listeners, each once and in order. */
export class Feed {
  readonly #engine: Engine;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<(events: LiveEvent[]) => void>();
  readonly #stopping = new AbortController();
  #seen = 0;
  #stale = false;
  #pumping: Promise<void> | undefined;

  constructor(engine: Engine, onError: (error: unknown) => void) {
    this.#engine = engine;
    this.#onError = onError;
  }

  async start(): Promise<void> {
    this.#seen = await newestId(this.#engine);
  }

  listen(listener: (events: LiveEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** There may be something new. */
  wake(): void {
    this.#stale = true;
    this.#pumping ??= this.#pump().finally(() => (this.#pumping = undefined));
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#pumping;
  }

  async #pump(): Promise<void> {
    while (this.#stale && !this.#stopping.signal.aborted) {
      this.#stale = false;
      await this.#deliver().catch((error: unknown) => this.#tryLater(error));
    }
  }

  async #tryLater(error: unknown): Promise<void> {
    this.#onError(error);
    this.#stale = true;
    await wait(1_000, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }

  async #deliver(): Promise<void> {
    for (;;) {
      const rows = await this.#engine.db
        .selectFrom("events")
        .selectAll()
        .where("id", ">", this.#seen)
        .orderBy("id")
        .limit(batchSize)
        .execute();
      this.#seen = rows.at(-1)?.id ?? this.#seen;
      if (rows.length > 0) this.#tell(rows.map(toEvent));
      if (rows.length < batchSize) return;
    }
  }

  #tell(events: LiveEvent[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(events);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}

export async function newestId(engine: Engine): Promise<number> {
  const query = engine.db.selectFrom("events").select(({ fn }) => fn.max<number | null>("id").as("id"));
  return (await query.executeTakeFirst())?.id ?? 0;
}

export function toEvent(row: { id: number; account_sid: string; change: string }): LiveEvent {
  return { id: row.id, accountSid: row.account_sid, change: JSON.parse(row.change) as Change };
}
