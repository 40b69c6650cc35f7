import { sql } from "kysely";
import type { LeaseStore } from "../../models/ports.ts";
import type { Engine } from "../engines/engine.ts";

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
          .where((eb) => eb.or([eb("leases.holder", "=", holder), eb("leases.expires_at", "<=", now)])),
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

  async prune(): Promise<void> {
    await this.#engine.db.deleteFrom("leases").where("expires_at", "<", this.#engine.now()).execute();
  }
}
