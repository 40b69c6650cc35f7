import type { Kysely } from "kysely";
import type { SyncStore } from "../../models/sync/store.ts";
import type { Gap, Sync } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import type { SyncRow, Tables } from "../engines/schema.ts";
import type { Writer } from "../commits/writer.ts";

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

const fresh: Sync = {
  state: "idle",
  nextPage: null,
  count: 0,
  oldestAt: null,
  seenUntil: null,
  sweptAt: null,
  webhookAt: null,
  webhookUrl: null,
  pace: null,
  gaps: [],
};

function toSync(row: SyncRow): Sync {
  return {
    state: row.state,
    nextPage: row.next_page,
    count: row.count,
    oldestAt: toDate(row.oldest_at),
    seenUntil: toDate(row.seen_until),
    sweptAt: toDate(row.swept_at),
    webhookAt: toDate(row.webhook_at),
    webhookUrl: row.webhook_url,
    pace: row.pace,
    gaps: toGaps(row.gaps),
  };
}

function toRow(accountSid: string, sync: Sync): SyncRow {
  return {
    account_sid: accountSid,
    state: sync.state,
    next_page: sync.nextPage,
    count: sync.count,
    oldest_at: sync.oldestAt?.getTime() ?? null,
    seen_until: sync.seenUntil?.getTime() ?? null,
    swept_at: sync.sweptAt?.getTime() ?? null,
    webhook_at: sync.webhookAt?.getTime() ?? null,
    webhook_url: sync.webhookUrl,
    pace: sync.pace,
    gaps: JSON.stringify(sync.gaps),
  };
}

function toGaps(text: string): Gap[] {
  const gaps = JSON.parse(text) as { since: string; nextPage: string | null; oldestAt: string | null }[];
  return gaps.map(({ since, nextPage, oldestAt }) => ({
    since: new Date(since),
    nextPage,
    oldestAt: oldestAt === null ? null : new Date(oldestAt),
  }));
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
