import type { Accounts } from "../account/accounts.ts";
import type { MessageStore } from "../chat/store.ts";
import type { LogPage, MessageApi, TwilioClock } from "../chat/twilio.ts";
import type { EventStore } from "../events.ts";
import type { Gap, Sync, TwilioMessage } from "../types.ts";
import { LogReader, oldestOf } from "./logReader.ts";
import { minute } from "./patience.ts";
import type { Inquiries } from "./inquiries.ts";
import { isSilent } from "./silence.ts";
import type { SyncStore } from "./store.ts";

const overlapMs = 15 * minute;
const frontierMs = minute;
const sweepEveryMs = 60 * minute;
const sweepMs = 48 * 60 * minute;
const webhookGraceMs = 20_000;
const pageSize = 1_000;
const sweepPages = 200;

export interface ReconciliationStores {
  events: EventStore;
  messages: MessageStore;
  syncs: SyncStore;
}

/** Compares the cache with Twilio's log and mends the cache, whatever webhooks did or did not arrive. */
export class Reconciliation {
  readonly #store: ReconciliationStores;
  readonly #twilio: MessageApi & { clock: TwilioClock };
  readonly #accounts: Accounts;
  readonly #inquiries: Inquiries;
  readonly #reader: LogReader;

  constructor(
    store: ReconciliationStores,
    twilio: MessageApi & { clock: TwilioClock },
    accounts: Accounts,
    inquiries: Inquiries,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#inquiries = inquiries;
    this.#reader = new LogReader(twilio);
  }

  /** One look at what is new since the last one, with an overlap because Twilio's log may lag. What does not fit a page is a gap, read by `readGap`. */
  async look(accountSid: string): Promise<void> {
    const sync = await this.#store.syncs.find(accountSid);
    if (sync.seenUntil === null) return;
    const startedAt = this.#twilio.clock.now();
    const since = new Date(sync.seenUntil.getTime() - overlapMs);
    const credentials = await this.#accounts.credentials(accountSid);
    const page = await this.#twilio.listMessages(credentials, { sentAfter: since, pageSize });
    await this.#record(accountSid, page.messages, since, sync);
    const isWhole = !isGap(page.nextPage, page.messages, since);
    await this.#store.syncs.update(accountSid, { seenUntil: startedAt, gaps: gapsAfter(sync, page, since) });
    if (isSilent(sync, startedAt)) await this.#store.events.announce(accountSid, { kind: "sync" });
    if (isWhole) await this.#inquiries.followRemovals(accountSid, sidsOf(page.messages), since);
    await this.#inquiries.askAboutStuck(accountSid);
  }

  /** Reads a page of the newest gap. True while there is more; a restart goes on where it was. */
  async readGap(accountSid: string): Promise<boolean> {
    const sync = await this.#store.syncs.find(accountSid);
    const gap = sync.gaps.at(-1);
    if (gap === undefined) return false;
    const credentials = await this.#accounts.credentials(accountSid);
    const { messages, next } = await this.#reader.read(credentials, gap);
    await this.#record(accountSid, messages, gap.since, sync);
    const isRead = next === null || messages.every(({ at }) => isBefore(at, gap.since));
    const gaps = [...sync.gaps.slice(0, -1), ...(isRead ? [] : [{ ...gap, ...next }])];
    await this.#store.syncs.update(accountSid, { gaps });
    return gaps.length > 0;
  }

  /** Now and then the log's last two days as a whole: statuses change and messages are removed there without a new entry. */
  async sweep(accountSid: string): Promise<void> {
    const sync = await this.#store.syncs.find(accountSid);
    const startedAt = this.#twilio.clock.now();
    if (!isSweepDue(sync, startedAt)) return;
    const since = new Date(startedAt.getTime() - sweepMs);
    const logged = await this.#readSince(accountSid, since, sync);
    await this.#store.syncs.update(accountSid, { sweptAt: startedAt });
    if (logged) await this.#inquiries.followRemovals(accountSid, logged, since);
  }

  /** The SIDs that the log has since then; undefined when it could not be read to its end. */
  async #readSince(accountSid: string, since: Date, sync: Sync): Promise<Set<string> | undefined> {
    const credentials = await this.#accounts.credentials(accountSid);
    const sids = new Set<string>();
    const followed = new Set<string>();
    let page = await this.#twilio.listMessages(credentials, { sentAfter: since, pageSize });
    for (;;) {
      await this.#record(accountSid, page.messages, since, sync);
      for (const { sid } of page.messages) sids.add(sid);
      if (!isGap(page.nextPage, page.messages, since)) return sids;
      if (followed.has(page.nextPage) || followed.size >= sweepPages) return undefined;
      followed.add(page.nextPage);
      page = await this.#twilio.listMessages(credentials, { page: page.nextPage });
    }
  }

  async #record(accountSid: string, page: TwilioMessage[], since: Date, sync: Sync): Promise<void> {
    // Twilio may compare whole days only, and what a limit kept out of the history stays out.
    const oldest = (sync.state === "done" && sync.oldestAt) || new Date(0);
    const messages = page.filter(({ at }) => !isBefore(at, since) && !isBefore(at, oldest));
    const taken = await this.#store.messages.take(accountSid, messages, "log");
    const now = this.#twilio.clock.now();
    const missed = taken.some(({ outcome, message }) => outcome === "received" && isLate(message?.at, now));
    // The log knew of a text before any webhook told us: the webhook does not work (any more).
    if (sync.webhookAt !== null && missed) await this.#store.syncs.update(accountSid, { webhookAt: null });
  }
}

/** More than a page is new when the page does not reach back to what was seen; the rest of the overlap is the sweep's. */
function gapsAfter({ gaps, seenUntil }: Sync, { messages, nextPage }: LogPage, since: Date): Gap[] {
  const oldestAt = oldestOf(messages);
  const frontier = (seenUntil?.getTime() ?? 0) - frontierMs;
  const reaches = nextPage === null || (oldestAt !== null && oldestAt.getTime() < frontier);
  return reaches ? gaps : [...gaps, { since, nextPage, oldestAt }];
}

function isGap(nextPage: string | null, messages: TwilioMessage[], since: Date): nextPage is string {
  // One that waited long in a queue may stand among newer ones.
  return nextPage !== null && !messages.every(({ at }) => isBefore(at, since));
}

function isBefore(at: Date | null, bound: Date | undefined): boolean {
  return at !== null && bound !== undefined && at < bound;
}

function isLate(at: Date | undefined, now: Date): boolean {
  return at !== undefined && now.getTime() - at.getTime() > webhookGraceMs;
}

function isSweepDue({ state, sweptAt }: Sync, now: Date): boolean {
  return state === "done" && (sweptAt === null || now.getTime() - sweptAt.getTime() > sweepEveryMs);
}

function sidsOf(messages: TwilioMessage[]): Set<string> {
  return new Set(messages.map(({ sid }) => sid));
}
