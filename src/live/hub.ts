import type { EventStore } from "../models/events.ts";
import type { EventSink, Live, Replay } from "../models/live.ts";
import type { LiveEvent } from "../models/types.ts";
import type { Fragments } from "./fragments.ts";
import { openStream, type Stream } from "./stream.ts";

/** Hands every committed change to the open pages of its account, drawn once for all of them. */
export class Hub implements Live {
  readonly #events: EventStore;
  readonly #fragments: Fragments;
  readonly #onError: (error: unknown) => void;
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #watchListeners: ((accountSid: string) => void)[] = [];
  readonly #stopListening: () => void;
  #drawing: Promise<void> = Promise.resolve();

  constructor(events: EventStore, fragments: Fragments, onError: (error: unknown) => void) {
    this.#events = events;
    this.#fragments = fragments;
    this.#onError = onError;
    this.#stopListening = events.listen((events) => this.#publish(events));
  }

  watched(): string[] {
    return [...this.#streams.keys()];
  }

  onWatch(listener: (accountSid: string) => void): void {
    this.#watchListeners.push(listener);
  }

  async open(accountSid: string, after: number, sink: EventSink): Promise<() => void> {
    const stream = openStream(sink, after);
    this.#add(accountSid, stream);
    try {
      stream.begin(await this.replay(accountSid, after));
    } catch (error) {
      this.#remove(accountSid, stream);
      throw error;
    }
    return () => this.#remove(accountSid, stream);
  }

  async replay(accountSid: string, after: number): Promise<Replay> {
    const cursor = await this.#events.cursor();
    const events = await this.#events.since(accountSid, after);
    if (events === undefined) return { html: this.#fragments.refresh(), cursor };
    const html = await this.#fragments.draw(accountSid, events);
    return { html, cursor: Math.max(cursor, events.at(-1)?.id ?? 0) };
  }

  /** Ends every stream, so that the server can close. */
  close(): void {
    this.#stopListening();
    for (const stream of [...this.#streams.values()].flatMap((streams) => [...streams])) stream.end();
    this.#streams.clear();
  }

  // One batch after the other, so that pages hear of changes in the order of their commits.
  #publish(events: LiveEvent[]): void {
    for (const [accountSid, own] of Map.groupBy(events, (event) => event.accountSid)) {
      if (!this.#streams.has(accountSid)) continue;
      this.#drawing = this.#drawing
        .then(() => this.#send(accountSid, own))
        .catch((error: unknown) => {
          this.#onError(error);
          // The pages come back with their cursors, and get what could not be drawn now.
          this.#endAll(accountSid);
        });
    }
  }

  async #send(accountSid: string, events: LiveEvent[]): Promise<void> {
    const streams = this.#streams.get(accountSid);
    const last = events.at(-1);
    if (streams === undefined || last === undefined) return;
    const html = await this.#fragments.draw(accountSid, events);
    for (const stream of streams) stream.send({ html, cursor: last.id });
    if (events.some(({ change }) => change.kind === "signedOut")) this.#endAll(accountSid);
  }

  #add(accountSid: string, stream: Stream): void {
    const streams = this.#streams.get(accountSid) ?? new Set();
    this.#streams.set(accountSid, streams.add(stream));
    if (streams.size === 1) for (const listener of this.#watchListeners) listener(accountSid);
  }

  #remove(accountSid: string, stream: Stream): void {
    stream.end();
    const streams = this.#streams.get(accountSid);
    streams?.delete(stream);
    if (streams?.size === 0) this.#streams.delete(accountSid);
  }

  #endAll(accountSid: string): void {
    for (const stream of this.#streams.get(accountSid) ?? []) this.#remove(accountSid, stream);
  }
}
