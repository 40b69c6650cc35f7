import { sql } from "kysely";
import type { LeaseStore } from "../../models/leases.ts";
import type { Engine } from "../engines/engine.ts";

const longestMs = 60_000;

export class Leases implements LeaseStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async take(name: string, holder: string, ttlMs: number): Promise<boolean> {
    const now = this.#engine.now();
    const expires_at = sql<number>`${now} + ${sql.lit(ttlMs)}`;
    const taken = await this.#engine.db
      .insertInto("leases")
      .values({ name, holder, expires_at })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet({ holder, expires_at })
          .where((eb) =>
            // One that reaches further than any term was given by a clock that was wrong.
            eb.or([
              eb("leases.holder", "=", holder),
              eb("leases.expires_at", "<=", now),
              eb("leases.expires_at", ">", sql<number>`${now} + ${sql.lit(longestMs)}`),
            ]),
          ),
      )
      .returning("name")
      .executeTakeFirst();
    return taken !== undefined;
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#engine.db
      .deleteFrom("leases")
      .where("name", "=", name)
      .where("holder", "=", holder)
      .execute();
  }

  async alive(holders: string[]): Promise<Set<string>> {
    if (holders.length === 0) return new Set();
    const now = this.#engine.now();
    const rows = await this.#engine.db
      .selectFrom("leases")
      .select("holder")
      .where("name", "in", [...new Set(holders)])
      .where("expires_at", ">", now)
      .where("expires_at", "<=", sql<number>`${now} + ${sql.lit(longestMs)}`)
      .execute();
    return new Set(rows.map(({ holder }) => holder));
  }

  async prune(): Promise<void> {
    await this.#engine.db.deleteFrom("leases").where("expires_at", "<", this.#engine.now()).execute();
  }
}
