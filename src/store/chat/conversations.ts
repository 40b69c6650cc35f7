import type { Kysely } from "kysely";
import type { ConversationStore } from "../../models/ports.ts";
import type { Conversation, Pair } from "../../models/types.ts";
import { listConversations, selectConversation, toConversation } from "./conversationList.ts";
import type { Engine } from "../engines/engine.ts";
import { growPairs } from "./conversationSummaries.ts";
import type { Tables } from "../engines/schema.ts";
import type { Unit, Writer } from "../commits/writer.ts";

export class Conversations implements ConversationStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  list(
    accountSid: string,
    twilioNumber: string,
    page: { limit: number; search?: string },
  ): Promise<Conversation[]> {
    return listConversations(this.#engine.db, { accountSid, twilioNumber, ...page });
  }

  async find(accountSid: string, { twilioNumber, target }: Pair): Promise<Conversation | undefined> {
    const query = selectConversation(this.#engine.db, accountSid, twilioNumber);
    const row = await query.where("targets.phone_number", "=", target).executeTakeFirst();
    return row && toConversation(row, twilioNumber);
  }

  newest(accountSid: string, twilioNumber?: string): Promise<Pair | undefined> {
    const { db } = this.#engine;
    // Each is the end of an index.
    return twilioNumber === undefined ? newestOfAll(db, accountSid) : newestOf(db, accountSid, twilioNumber);
  }

  async unreadByNumber(accountSid: string): Promise<Map<string, number>> {
    const rows = await this.#engine.db
      .selectFrom("conversations")
      .select(({ fn }) => ["twilio_number", fn.sum<number>("unread").as("unread")])
      .where("account_sid", "=", accountSid)
      .where("last_at", "is not", null)
      .groupBy("twilio_number")
      .orderBy("twilio_number")
      .execute();
    return new Map(rows.map(({ twilio_number, unread }) => [twilio_number, unread]));
  }

  async markRead(accountSid: string, pair: Pair): Promise<void> {
    await this.#writer.write(accountSid, async (unit) => {
      const read = await update(unit, pair).set({ unread: 0 }).where("unread", ">", 0).executeTakeFirst();
      if (read.numUpdatedRows > 0n) announce(unit, pair);
    });
  }

  async setOptOut(accountSid: string, pair: Pair, optedOut: boolean, at: Date): Promise<void> {
    await this.#writer.write(accountSid, (unit) => changeOptOut(unit, pair, optedOut, at.getTime()));
  }

  async correctOptOut(accountSid: string, pair: Pair, since: Date | null): Promise<void> {
    await this.#writer.write(accountSid, (unit) => correctOptOut(unit, pair, since?.getTime() ?? null));
  }

  async isComplete(accountSid: string, { twilioNumber, target }: Pair): Promise<boolean> {
    const row = await this.#engine.db
      .selectFrom("conversations")
      .select("complete")
      .where("account_sid", "=", accountSid)
      .where("twilio_number", "=", twilioNumber)
      .where("target", "=", target)
      .executeTakeFirst();
    return row?.complete === 1;
  }

  async markComplete(accountSid: string, pair: Pair): Promise<void> {
    await this.#writer.write(accountSid, async (unit) => {
      await growPairs(unit, [{ ...pair, at: 0, unread: 0 }]);
      await update(unit, pair).set({ complete: 1 }).execute();
    });
  }
}

function newestOfAll(db: Kysely<Tables>, accountSid: string): Promise<Pair | undefined> {
  return db
    .selectFrom("messages")
    .select(["twilio_number as twilioNumber", "target"])
    .where("account_sid", "=", accountSid)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
}

function newestOf(db: Kysely<Tables>, accountSid: string, twilioNumber: string): Promise<Pair | undefined> {
  return db
    .selectFrom("conversations")
    .select(["twilio_number as twilioNumber", "target"])
    .where("account_sid", "=", accountSid)
    .where("twilio_number", "=", twilioNumber)
    .where("last_at", "is not", null)
    .orderBy("last_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function correctOptOut(unit: Unit, pair: Pair, since: number | null): Promise<void> {
  const before = await optOutOf(unit, pair);
  if (before === undefined || before.opted_out_at === since) return;
  await update(unit, pair).set({ opted_out_at: since }).execute();
  announce(unit, pair);
}

function optOutOf({ trx, accountSid }: Unit, { twilioNumber, target }: Pair) {
  return trx
    .selectFrom("conversations")
    .select(["opted_out_at", "opt_changed_at"])
    .where("account_sid", "=", accountSid)
    .where("twilio_number", "=", twilioNumber)
    .where("target", "=", target)
    .executeTakeFirst();
}

async function changeOptOut(unit: Unit, pair: Pair, optedOut: boolean, at: number): Promise<void> {
  await growPairs(unit, [{ ...pair, at, unread: 0 }]);
  const before = await optOutOf(unit, pair);
  if (before?.opt_changed_at != null && at <= before.opt_changed_at) return;
  const since = optedOut ? (before?.opted_out_at ?? at) : null;
  await update(unit, pair).set({ opted_out_at: since, opt_changed_at: at }).execute();
  if (since !== before?.opted_out_at) announce(unit, pair);
}

function update({ trx, accountSid }: Unit, { twilioNumber, target }: Pair) {
  return trx
    .updateTable("conversations")
    .where("account_sid", "=", accountSid)
    .where("twilio_number", "=", twilioNumber)
    .where("target", "=", target);
}

function announce(unit: Unit, { twilioNumber, target }: Pair): void {
  unit.announce({ kind: "conversation", twilioNumber, target });
}
