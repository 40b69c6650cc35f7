import type { Kysely } from "kysely";
import type { SyncStore } from "../../models/sync/store.ts";
import type { Sync } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";
import type { Writer } from "../commits/writer.ts";
import { fresh, toRow, toSync } from "./syncRows.ts";

export class Syncs implements SyncStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  find(accountSid: string): Promise<Sync> {
    return read(this.#engine.db, accountSid);
  }

  async oldestLook(): Promise<Date | null> {
    const row = await this.#engine.db
      .selectFrom("syncs")
      .innerJoin("accounts", "accounts.sid", "syncs.account_sid")
      .select("seen_until")
      .where("accounts.attended_until", ">", Date.now())
      .where("seen_until", "is not", null)
      .orderBy("seen_until")
      .limit(1)
      .executeTakeFirst();
    return row?.seen_until == null ? null : new Date(row.seen_until);
  }

  update(accountSid: string, change: Partial<Sync>): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      const before = await read(unit.trx, accountSid);
      const after = { ...before, ...change };
      const { account_sid, ...columns } = toRow(accountSid, after);
      await unit.trx
        .insertInto("syncs")
        .values({ account_sid, ...columns })
        .onConflict((conflict) => conflict.column("account_sid").doUpdateSet(columns))
        .execute();
      if (isNews(before, after)) unit.announce({ kind: "sync" });
    });
  }
}

function isNews(before: Sync, after: Sync): boolean {
  const firstWebhook = before.webhookAt === null && after.webhookAt !== null;
  const gap = (before.gaps.length === 0) !== (after.gaps.length === 0);
  const shown = (["state", "count", "pace"] as const).some((field) => before[field] !== after[field]);
  return shown || gap || firstWebhook;
}

async function read(db: Kysely<Tables>, accountSid: string): Promise<Sync> {
  const row = await db
    .selectFrom("syncs")
    .selectAll()
    .where("account_sid", "=", accountSid)
    .executeTakeFirst();
  return row ? toSync(row) : fresh;
}
