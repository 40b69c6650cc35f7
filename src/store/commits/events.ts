import type { EventStore } from "../../models/events.ts";
import type { Change, LiveEvent } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import { newestId, toEvent, type Feed } from "./eventFeed.ts";
import type { Writer } from "./writer.ts";

const kept = 20_000;
// More than so many are one refresh for whoever missed them, however many there are.
const mostReplayed = 200;
const goodbyeMs = 60_000;
const keptMs = 60 * 60 * 1_000;

/** What was announced, for pages that come back. */
export class Events implements EventStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #feed: Feed;

  constructor(engine: Engine, writer: Writer, feed: Feed) {
    this.#engine = engine;
    this.#writer = writer;
    this.#feed = feed;
  }

  async announce(accountSid: string, change: Change): Promise<void> {
    await this.#writer.announce(accountSid, change);
  }

  cursor(): Promise<number> {
    return newestId(this.#engine);
  }

  async since(accountSid: string, id: number): Promise<LiveEvent[] | undefined> {
    const { oldest, newest } = await this.#range();
    if (id > newest || id < oldest - 1) return undefined;
    const rows = await this.#engine.db
      .selectFrom("events")
      .selectAll()
      .where("account_sid", "=", accountSid)
      .where("id", ">", id)
      .orderBy("id")
      .limit(mostReplayed)
      .execute();
    return rows.map(toEvent);
  }

  listen(listener: (events: LiveEvent[]) => void): () => void {
    return this.#feed.listen(listener);
  }

  /** Forgets what is old or too much. The newest stays, because ids are told by it; so what is left has no gaps. */
  async prune(): Promise<void> {
    const { newest } = await this.#range();
    const recent = await this.#engine.db
      .selectFrom("events")
      .select("id")
      .where("at", ">", Date.now() - keptMs)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    const first = Math.max(recent?.id ?? newest, newest - kept + 1);
    await this.#engine.db.deleteFrom("events").where("id", "<", first).execute();
    await this.#forgetAccounts();
  }

  // Pages of an account that was logged out had a minute to hear of it; then nothing tells that it was here.
  async #forgetAccounts(): Promise<void> {
    const { db } = this.#engine;
    await db
      .updateTable("events")
      .set({ account_sid: "", change: JSON.stringify({ kind: "signedOut" }) })
      .where("change", "=", JSON.stringify({ kind: "signedOut" }))
      .where("account_sid", "!=", "")
      .where("at", "<", Date.now() - goodbyeMs)
      .where("account_sid", "not in", db.selectFrom("accounts").select("sid"))
      .execute();
  }

  async #range(): Promise<{ oldest: number; newest: number }> {
    const row = await this.#engine.db
      .selectFrom("events")
      .select(({ fn }) => [
        fn.min<number | null>("id").as("oldest"),
        fn.max<number | null>("id").as("newest"),
      ])
      .executeTakeFirst();
    return { oldest: row?.oldest ?? 1, newest: row?.newest ?? 0 };
  }
}
