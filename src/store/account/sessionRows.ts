import { LRUCache } from "lru-cache";
import type { SessionData } from "express-session";
import type { DeleteQueryBuilder, DeleteResult } from "kysely";
import { publicSessionId } from "../../models/account/sessionIds.ts";
import type { Session, SessionStore } from "../../models/account/store.ts";
import type { Cipher } from "../cipher.ts";
import type { Unit, Writer } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";
import type { SessionRow, Tables } from "../engines/schema.ts";

/** How long sessions last, in milliseconds. */
export interface SessionTerms {
  /** Without a request. */
  idleMs: number;
  /** From the sign-in on, whatever is done. */
  longestMs: number;
}

type Deletion = DeleteQueryBuilder<Tables, "sessions", DeleteResult>;

const mostOfAccount = 100;
const mostTouched = 10_000;
const hourMs = 60 * 60 * 1_000;

/** Sessions at rest: ids hashed, data sealed, gone with the Auth Token they were made with. */
export class SessionRows implements SessionStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #cipher: Cipher;
  readonly #terms: SessionTerms;
  readonly #touched: LRUCache<string, true>;

  constructor(engine: Engine, writer: Writer, parts: { cipher: Cipher; terms: SessionTerms }) {
    this.#engine = engine;
    this.#writer = writer;
    this.#cipher = parts.cipher;
    this.#terms = parts.terms;
    const ttl = Math.max(1, Math.floor(Math.min(60_000, parts.terms.idleMs / 20)));
    this.#touched = new LRUCache({ max: mostTouched, ttl });
  }

  /** When a session expires that is used now. */
  latestExpiry(signedInAt = Date.now()): number {
    return Math.min(Date.now() + this.#terms.idleMs, signedInAt + this.#terms.longestMs);
  }

  async find(id: string): Promise<SessionData | null> {
    const row = await this.#alive().where("hashed_id", "=", publicSessionId(id)).executeTakeFirst();
    return (row && this.#open(row)) ?? null;
  }

  /** Adds a session that has just begun; nothing else brings one into being. */
  async insert(id: string, data: SessionData & { accountSid: string; tokenId: string }): Promise<void> {
    const now = Date.now();
    await this.#engine.db
      .insertInto("sessions")
      .values({
        hashed_id: publicSessionId(id),
        account_sid: data.accountSid,
        token_id: data.tokenId,
        sealed_data: this.#seal(id, data),
        created_at: now,
        expires_at: this.latestExpiry(now),
      })
      .execute();
    await this.#endOldest(data.accountSid);
  }

  // Whoever signs in again and again without signing out.
  async #endOldest(accountSid: string): Promise<void> {
    const newest = this.#alive()
      .clearSelect()
      .select("hashed_id")
      .where("account_sid", "=", accountSid)
      .orderBy("created_at", "desc")
      .limit(mostOfAccount);
    await this.#engine.db
      .deleteFrom("sessions")
      .where("account_sid", "=", accountSid)
      .where("hashed_id", "not in", newest)
      .execute();
  }

  /** Changes what the session holds, unless it has ended meanwhile. */
  async update(id: string, data: SessionData): Promise<void> {
    await this.#engine.db
      .updateTable("sessions")
      .set({ sealed_data: this.#seal(id, data) })
      .where("hashed_id", "=", publicSessionId(id))
      .execute();
  }

  /** Notes that the session is used; written at most once an hour, and looked at once a minute. */
  async touch(id: string): Promise<void> {
    if (this.#touched.has(id)) return;
    this.#touched.set(id, true);
    const row = await this.#alive().where("hashed_id", "=", publicSessionId(id)).executeTakeFirst();
    if (row === undefined) return;
    const expires_at = this.latestExpiry(row.created_at);
    if (expires_at - row.expires_at < Math.min(hourMs, this.#terms.idleMs / 10)) return;
    const { db } = this.#engine;
    await db.updateTable("sessions").set({ expires_at }).where("hashed_id", "=", row.hashed_id).execute();
    await db
      .updateTable("accounts")
      .set({ attended_until: expires_at })
      .where("sid", "=", row.account_sid)
      .where("attended_until", "<", expires_at)
      .execute();
  }

  async destroy(id: string): Promise<void> {
    const row = await this.#alive().where("hashed_id", "=", publicSessionId(id)).executeTakeFirst();
    if (row) await this.end(row.account_sid, row.hashed_id);
  }

  async prune(): Promise<void> {
    await this.#engine.db.deleteFrom("sessions").where("expires_at", "<", Date.now()).execute();
  }

  async list(accountSid: string): Promise<Session[]> {
    const rows = await this.#alive()
      .where("account_sid", "=", accountSid)
      .orderBy("expires_at", "desc")
      .execute();
    return rows.map((row) => this.#toSession(row));
  }

  async alive(ids: string[]): Promise<Set<string>> {
    const alive = new Set<string>();
    for (const some of chunks(ids)) {
      const rows = await this.#alive().where("hashed_id", "in", some).execute();
      for (const { hashed_id } of rows) alive.add(hashed_id);
    }
    return alive;
  }

  async end(accountSid: string, id: string): Promise<boolean> {
    const ended = await this.#writer.write(accountSid, (unit) =>
      this.endWhere(unit, (rows) => rows.where("hashed_id", "=", id)),
    );
    return ended > 0;
  }

  async endAll(accountSid: string, except = ""): Promise<void> {
    await this.#writer.write(accountSid, (unit) =>
      this.endWhere(unit, (rows) => rows.where("hashed_id", "!=", except)),
    );
  }

  /** Ends those of the account's sessions, in a transaction that may do more; returns how many. */
  async endWhere(unit: Unit, chosen: (rows: Deletion) => Deletion): Promise<number> {
    const { trx, accountSid } = unit;
    const own = trx.deleteFrom("sessions").where("account_sid", "=", accountSid);
    const ended = await chosen(own).returning("hashed_id").execute();
    if (ended.length > 0)
      unit.announce({ kind: "sessionsEnded", sessionIds: ended.map(({ hashed_id }) => hashed_id) });
    return ended.length;
  }

  #alive() {
    return this.#engine.db.selectFrom("sessions").selectAll().where("expires_at", ">", Date.now());
  }

  #seal(id: string, data: SessionData): string {
    return this.#cipher.seal(JSON.stringify(data), publicSessionId(id));
  }

  #open({ sealed_data, hashed_id }: SessionRow): SessionData | undefined {
    const text = this.#cipher.open(sealed_data, hashed_id);
    return text === undefined ? undefined : (JSON.parse(text) as SessionData);
  }

  #toSession(row: SessionRow): Session {
    const { address, userAgent } = (this.#open(row) ?? {}) as { address?: string; userAgent?: string };
    return {
      id: row.hashed_id,
      signedInAt: new Date(row.created_at),
      usedAt: new Date(row.expires_at - this.#terms.idleMs),
      address: address ?? null,
      userAgent: userAgent ?? "",
    };
  }
}
