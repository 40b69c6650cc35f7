import session, { type SessionData } from "express-session";
import type { SessionRows } from "./sessionRows.ts";

type Answer<T> = (error: unknown, value?: T) => void;

/** What of a session's data this store asks about; the rest is the middleware's. */
type Data = SessionData & Partial<Record<"begins" | "isUnattended", boolean>>;

/** express-session's store. */
export class Sessions extends session.Store {
  readonly #rows: SessionRows;

  constructor(rows: SessionRows) {
    super();
    this.#rows = rows;
  }

  override get(id: string, answer: Answer<SessionData | null>): void {
    reply(this.#rows.find(id), answer);
  }

  override set(id: string, data: SessionData, answer?: Answer<void>): void {
    reply(this.#save(id, data), answer);
  }

  override destroy(id: string, answer?: Answer<void>): void {
    reply(this.#rows.destroy(id), answer);
  }

  override touch(id: string, data: SessionData, answer?: Answer<void>): void {
    reply((data as Data).isUnattended ? Promise.resolve() : this.#rows.touch(id), answer);
  }

  // A request that was under way while its session ended must not bring it back.
  async #save(id: string, { begins, ...data }: Data): Promise<void> {
    if (begins) await this.#rows.insert(id, data as unknown as Parameters<SessionRows["insert"]>[1]);
    else await this.#rows.update(id, data as SessionData);
  }
}

function reply<T>(work: Promise<T>, answer: Answer<T> = () => undefined): void {
  work.then(
    (value) => answer(null, value),
    (error: unknown) => answer(error),
  );
}
