import type { EventStore } from "../models/events.ts";
import type { Replay } from "../models/live.ts";
import type { Fragments } from "./fragments.ts";

const atOnce = 2;

/** What pages have missed: the same stretch drawn once for all who ask for it, and few stretches at a time. */
export class Replays {
  readonly #events: EventStore;
  readonly #fragments: Fragments;
  readonly #drawing = new Map<string, Promise<Replay>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  #next = 0;

  constructor(events: EventStore, fragments: Fragments) {
    this.#events = events;
    this.#fragments = fragments;
  }

  after(accountSid: string, after: number): Promise<Replay> {
    const key = `${accountSid} ${after}`;
    const known = this.#drawing.get(key);
    if (known) return known;
    const drawn = this.#inTurn(() => {
      // Who asks from now on may have missed more than what is about to be read.
      this.#drawing.delete(key);
      return this.#draw(accountSid, after);
    });
    this.#drawing.set(key, drawn);
    return drawn;
  }

  #inTurn(draw: () => Promise<Replay>): Promise<Replay> {
    const lane = (this.#next = (this.#next + 1) % atOnce);
    const drawn = (this.#lanes[lane] ?? Promise.resolve()).then(draw);
    this.#lanes[lane] = drawn.catch(() => undefined);
    return drawn;
  }

  async #draw(accountSid: string, after: number): Promise<Replay> {
    const cursor = await this.#events.cursor();
    const events = await this.#events.since(accountSid, after);
    if (events === undefined) return { html: this.#fragments.refresh(), cursor };
    const html = await this.#fragments.draw(accountSid, events);
    return { html, cursor: Math.max(cursor, events.at(-1)?.id ?? 0) };
  }
}
