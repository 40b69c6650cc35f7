import { createHash } from "node:crypto";
import session, { type SessionData } from "express-session";
import type { Cipher } from "../cipher.ts";
import { isOrphan, type Engine } from "../engines/engine.ts";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

type Answer<T> = (error: unknown, value?: T) => void;

/** express-session's store: ids hashed, data sealed, gone with the account they belong to. */
export class Sessions extends session.Store {
  readonly #engine: Engine;
  readonly #cipher: Cipher;

  constructor(engine: Engine, cipher: Cipher) {
    super();
    this.#engine = engine;
    this.#cipher = cipher;
  }

  override get(id: string, answer: Answer<SessionData | null>): void {
    reply(this.#find(id), answer);
  }

  override set(id: string, data: SessionData, answer?: Answer<void>): void {
    reply(this.#save(id, data), answer);
  }

  override destroy(id: string, answer?: Answer<void>): void {
    reply(this.#delete(id), answer);
  }

  override touch(id: string, data: SessionData, answer?: Answer<void>): void {
    reply(this.#extend(id, data), answer);
  }

  async prune(): Promise<void> {
    await this.#engine.db.deleteFrom("sessions").where("expires_at", "<", Date.now()).execute();
  }

  async #find(id: string): Promise<SessionData | null> {
    const row = await this.#engine.db
      .selectFrom("sessions")
      .select(["sealed_data", "expires_at"])
      .where("hashed_id", "=", hash(id))
      .where("expires_at", ">", Date.now())
      .executeTakeFirst();
    const text = row && this.#cipher.open(row.sealed_data, hash(id));
    if (row === undefined || text === undefined) return null;
    const data = JSON.parse(text) as SessionData;
    // `touch` only moves the row's own time.
    if (data.cookie.expires) data.cookie.expires = new Date(row.expires_at);
    return data;
  }

  async #save(id: string, data: SessionData): Promise<void> {
    const row = {
      account_sid: accountSidOf(data),
      sealed_data: this.#cipher.seal(JSON.stringify(data), hash(id)),
      expires_at: expiry(data),
    };
    try {
      await this.#engine.db
        .insertInto("sessions")
        .values({ hashed_id: hash(id), ...row })
        .onConflict((conflict) => conflict.column("hashed_id").doUpdateSet(row))
        .execute();
    } catch (error) {
      // The account was signed out meanwhile, and its sessions with it.
      if (!isOrphan(error)) throw error;
    }
  }

  async #delete(id: string): Promise<void> {
    await this.#engine.db.deleteFrom("sessions").where("hashed_id", "=", hash(id)).execute();
  }

  async #extend(id: string, data: SessionData): Promise<void> {
    const expires_at = expiry(data);
    const atMostEvery = Math.min(hourMs, (data.cookie.originalMaxAge ?? dayMs) / 2);
    await this.#engine.db
      .updateTable("sessions")
      .set({ expires_at })
      .where("hashed_id", "=", hash(id))
      .where("expires_at", "<=", Math.floor(expires_at - atMostEvery))
      .execute();
  }
}

function reply<T>(work: Promise<T>, answer: Answer<T> = () => undefined): void {
  work.then(
    (value) => answer(null, value),
    (error: unknown) => answer(error),
  );
}

// Whoever reads the database must not be able to use what is there as a cookie.
function hash(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

function expiry({ cookie }: SessionData): number {
  return cookie.expires ? new Date(cookie.expires).getTime() : Date.now() + dayMs;
}

function accountSidOf(data: SessionData): string | null {
  return "accountSid" in data && typeof data.accountSid === "string" ? data.accountSid : null;
}
