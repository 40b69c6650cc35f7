import { sql } from "kysely";
import type { MessageStore, Recorded, RecordOptions } from "../../models/ports.ts";
import type { Message, MessageStatus, Pair, TwilioMessage } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import { toMessage } from "./messageRows.ts";
import { isInFlight, isUnsettled, rowById } from "./messageTable.ts";
import { chunks } from "./conversationSummaries.ts";
import type { Recordings } from "./recordings.ts";
import {
  acceptMessage,
  addPendingMessage,
  advanceMessage,
  markMessage,
  removeMessage,
} from "./messageChanges.ts";
import type { Writer } from "../commits/writer.ts";

// Some carriers never say more than "sent"; after this long nobody asks any more.
const unsettledForMs = 2 * 24 * 3_600_000;

export class Messages implements MessageStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #recordings: Recordings;

  constructor(engine: Engine, writer: Writer, recordings: Recordings) {
    this.#engine = engine;
    this.#writer = writer;
    this.#recordings = recordings;
  }

  record(accountSid: string, messages: TwilioMessage[], options: RecordOptions): Promise<Recorded[]> {
    return this.#recordings.record(accountSid, messages, options);
  }

  addPending(
    accountSid: string,
    message: Pair & { id: string; body: string; at: Date },
  ): Promise<{ message: Message; created: boolean }> {
    return this.#writer.write(accountSid, (unit) => addPendingMessage(unit, message));
  }

  accept(accountSid: string, id: string, accepted: TwilioMessage): Promise<void> {
    return this.#writer.write(accountSid, (unit) => acceptMessage(unit, id, accepted));
  }

  mark(
    accountSid: string,
    id: string,
    status: "pending" | "checking" | "refused",
    error?: { code: number | null; message: string },
  ): Promise<void> {
    return this.#writer.write(accountSid, (unit) => markMessage(unit, id, status, error));
  }

  advance(
    accountSid: string,
    sid: string,
    status: MessageStatus,
    errorCode: number | null,
  ): Promise<boolean> {
    return this.#writer.write(accountSid, (unit) => advanceMessage(unit, sid, status, errorCode));
  }

  remove(accountSid: string, sid: string): Promise<void> {
    return this.#writer.write(accountSid, (unit) => removeMessage(unit, sid));
  }

  async find(accountSid: string, id: string): Promise<Message | undefined> {
    const row = await rowById(this.#engine.db, accountSid, id);
    return row && toMessage(row);
  }

  async thread(
    accountSid: string,
    pair: Pair,
    { limit, before }: { limit: number; before?: { at: Date; id: string } },
  ): Promise<Message[]> {
    const rows = await this.#rows(accountSid)
      .where("twilio_number", "=", pair.twilioNumber)
      .where("target", "=", pair.target)
      .$if(before !== undefined, (query) =>
        query.where(sql<boolean>`(at, id) < (${before?.at.getTime()}, ${before?.id})`),
      )
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.reverse().map(toMessage);
  }

  async known(accountSid: string, sids: string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (const chunk of chunks(sids, 1_000)) {
      const query = this.#engine.db
        .selectFrom("messages")
        .select("sid")
        .where("account_sid", "=", accountSid);
      for (const { sid } of await query.where("sid", "in", chunk).execute()) known.add(sid ?? "");
    }
    return known;
  }

  async between(accountSid: string, from: Date, until: Date): Promise<Message[]> {
    const rows = await this.#rows(accountSid)
      .where("sid", "is not", null)
      .where("at", ">=", from.getTime())
      .where("at", "<=", until.getTime())
      .orderBy("at")
      .orderBy("id")
      .execute();
    return rows.map(toMessage);
  }

  async unsettled(accountSid: string, before: Date, limit: number): Promise<Message[]> {
    const rows = await this.#rows(accountSid)
      .where(isUnsettled)
      .where("touched_at", "<", before.getTime())
      .where("at", ">", before.getTime() - unsettledForMs)
      .orderBy("touched_at")
      .limit(limit)
      .execute();
    return rows.map(toMessage);
  }

  async inFlight(accountSid?: string): Promise<(Message & { accountSid: string })[]> {
    const rows = await this.#engine.db
      .selectFrom("messages")
      .selectAll()
      .where(isInFlight)
      .$if(accountSid !== undefined, (query) => query.where("account_sid", "=", accountSid ?? ""))
      .orderBy("at")
      .execute();
    return rows.map((row) => ({ ...toMessage(row), accountSid: row.account_sid }));
  }

  #rows(accountSid: string) {
    return this.#engine.db.selectFrom("messages").selectAll().where("account_sid", "=", accountSid);
  }
}
