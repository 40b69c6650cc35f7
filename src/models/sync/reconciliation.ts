import type { Accounts } from "../account/accounts.ts";
import type { Deliveries } from "../chat/deliveries.ts";
import type { MessageStore } from "../chat/store.ts";
import type { MessageApi, TwilioClock } from "../chat/twilio.ts";
import type { EventStore } from "../events.ts";
import { isSilent } from "./silence.ts";
import type { SyncStore } from "./store.ts";
import type { Credentials, Sync, TwilioMessage } from "../types.ts";

const minute = 60_000;
const overlapMs = 15 * minute;
const sweepEveryMs = 60 * minute;
const sweepMs = 48 * 60 * minute;
const webhookGraceMs = 20_000;
const fetchesPerRound = 20;
const pageSize = 1_000;

/** How long to wait before something counts as lost, in milliseconds. */
export interface Patience {
  /** For a message short of a final state: then Twilio is asked about it alone. */
  stuckMs: number;
  /** For Twilio's log to list a message: before, its absence means nothing. */
  indexLagMs: number;
}

export const defaultPatience: Patience = {
  stuckMs: 5 * minute,
  indexLagMs: 5 * minute,
};

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
  readonly #deliveries: Deliveries;
  readonly #patience: Patience;

  constructor(
    parts: {
      store: ReconciliationStores;
      twilio: MessageApi & { clock: TwilioClock };
      accounts: Accounts;
      deliveries: Deliveries;
    },
    patience = defaultPatience,
  ) {
    this.#store = parts.store;
    this.#twilio = parts.twilio;
    this.#accounts = parts.accounts;
    this.#deliveries = parts.deliveries;
    this.#patience = patience;
  }

  /** One look at what is new since the last look, with an overlap because Twilio's log may lag; now and then at two days. */
  async run(accountSid: string): Promise<void> {
    const sync = await this.#store.syncs.find(accountSid);
    if (sync.seenUntil === null) return;
    const startedAt = this.#twilio.clock.now();
    const sweep = isSweepDue(sync, startedAt);
    const since = new Date(
      Math.min(sync.seenUntil.getTime() - overlapMs, sweep ? startedAt.getTime() - sweepMs : Infinity),
    );
    const credentials = await this.#accounts.credentials(accountSid);
    const logged = await this.#read(accountSid, credentials, since, sync);
    await this.#store.syncs.update(accountSid, {
      seenUntil: startedAt,
      ...(sweep ? { sweptAt: startedAt } : {}),
    });
    if (isSilent(sync)) await this.#store.events.announce(accountSid, { kind: "sync" });
    await this.#followRemovals(accountSid, credentials, logged, since);
    await this.#askAboutStuck(accountSid, credentials);
    await this.#deliveries.settleOrphans(accountSid);
  }

  /** Returns the SIDs that the log has since then. */
  async #read(accountSid: string, credentials: Credentials, since: Date, sync: Sync): Promise<Set<string>> {
    const sids = new Set<string>();
    // What a limit kept out of the history stays out.
    const oldest = (sync.state === "done" && sync.oldestAt) || new Date(0);
    let page = await this.#twilio.listMessages(credentials, { sentAfter: since, pageSize });
    for (;;) {
      // Twilio may compare whole days only.
      const recent = page.messages.filter(({ at }) => at === null || (at >= since && at >= oldest));
      await this.#record(accountSid, recent, sync);
      for (const { sid } of page.messages) sids.add(sid);
      // One that waited long in a queue may stand among newer ones.
      if (page.nextPage === null || page.messages.every(({ at }) => at !== null && at < since)) return sids;
      page = await this.#twilio.listMessages(credentials, { page: page.nextPage });
    }
  }

  async #record(accountSid: string, messages: TwilioMessage[], sync: Sync): Promise<void> {
    const known = await this.#store.messages.known(
      accountSid,
      messages.map(({ sid }) => sid),
    );
    const fresh = messages.filter(({ sid }) => !known.has(sid));
    await this.#store.messages.take(accountSid, messages, "log");
    const now = this.#twilio.clock.now();
    if (sync.webhookAt !== null && fresh.some((message) => wasMissed(message, now)))
      await this.#store.syncs.update(accountSid, { webhookAt: null });
  }

  async #followRemovals(
    accountSid: string,
    credentials: Credentials,
    logged: Set<string>,
    since: Date,
  ): Promise<void> {
    const cached = await this.#store.messages.between(
      accountSid,
      since,
      new Date(this.#twilio.clock.now().getTime() - this.#patience.indexLagMs),
    );
    const absent = cached.filter(({ sid }) => sid !== null && !logged.has(sid));
    for (const { sid } of someOf(absent)) await this.#refetch(accountSid, credentials, sid);
  }

  async #askAboutStuck(accountSid: string, credentials: Credentials): Promise<void> {
    const before = new Date(Date.now() - this.#patience.stuckMs);
    const stuck = await this.#store.messages.unsettled(accountSid, before, fetchesPerRound);
    for (const { sid } of stuck) await this.#refetch(accountSid, credentials, sid);
  }

  async #refetch(accountSid: string, credentials: Credentials, sid: string | null): Promise<void> {
    if (sid === null) return;
    const message = await this.#twilio.fetchMessage(credentials, sid);
    if (message === undefined) return this.#store.messages.remove(accountSid, sid);
    await this.#store.messages.take(accountSid, [message], "log");
  }
}

// Others each time, so that some that stay unlisted do not stand before the rest.
function someOf<Item>(items: Item[]): Item[] {
  const first = Math.floor(Math.random() * items.length);
  return [...items.slice(first), ...items.slice(0, first)].slice(0, fetchesPerRound);
}

function isSweepDue(sync: Sync, now: Date): boolean {
  return (
    sync.state === "done" && (sync.sweptAt === null || now.getTime() - sync.sweptAt.getTime() > sweepEveryMs)
  );
}

// A text that the log knew before any webhook told us: the webhook does not work (any more).
function wasMissed({ direction, at }: TwilioMessage, now: Date): boolean {
  return direction === "inbound" && at !== null && now.getTime() - at.getTime() > webhookGraceMs;
}
