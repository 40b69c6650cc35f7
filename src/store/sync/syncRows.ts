import type { Gap, Sync } from "../../models/types.ts";
import type { SyncRow } from "../engines/schema.ts";

/** Of an account that nothing was read of yet. */
export const fresh: Sync = {
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

export function toSync(row: SyncRow): Sync {
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

export function toRow(accountSid: string, sync: Sync): SyncRow {
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
