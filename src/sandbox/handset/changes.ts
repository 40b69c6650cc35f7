import type { Response } from "express";
import type { World } from "../world/world.ts";

/** Counts what happens in the sandbox, so that an open page knows when it is old. */
export class Changes {
  readonly #open = new Set<Response>();
  #count = 0;

  constructor({ events }: World) {
    const tell = () => this.tell();
    events.on("message", tell).on("call", tell).on("faults", tell);
  }

  /** What a page drawn now has seen. */
  get count(): number {
    return this.#count;
  }

  tell(): void {
    this.#count += 1;
    for (const response of this.#open) response.write(this.#line());
  }

  /** The count at once, and again whenever it grows. */
  stream(response: Response): void {
    response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(this.#line());
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
  }

  #line(): string {
    return `data: ${this.#count}\n\n`;
  }
}
