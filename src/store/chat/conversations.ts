import { sql, type Kysely } from "kysely";
import type { ConversationStore, Elsewhere, ListFilter, ListPosition } from "../../models/chat/store.ts";
import type { Conversation, Pair } from "../../models/types.ts";
import { listConversations, selectConversation, toConversation } from "./conversationList.ts";
import { keyOf } from "../account/accountKey.ts";
import type { Engine } from "../engines/engine.ts";
import { withLastMedia } from "./lastMedia.ts";
import { growConversations } from "./conversationGrowth.ts";
import type { Tables } from "../engines/schema.ts";
import type { Unit, Writer } from "../commits/writer.ts";

// Each has at least one unread message, and pages tell of no more than 99.
const countedConversations = 100;
const mostElsewhere = 10;

export class Conversations implements ConversationStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  async list(
    accountSid: string,
    twilioNumber: string,
    page: { limit: number; filter?: ListFilter; after?: ListPosition },
  ): Promise<Conversation[]> {
    const { db } = this.#engine;
    return withLastMedia(db, accountSid, await listConversations(db, { accountSid, twilioNumber, ...page }));
  }

  async find(accountSid: string, { twilioNumber, target }: Pair): Promise<Conversation | undefined> {
    const query = selectConversation(this.#engine.db, accountSid, twilioNumber);
    const row = await query.where("targets.phone_number", "=", target).executeTakeFirst();
    const rows = row ? [toConversation(row, twilioNumber)] : [];
    return (await withLastMedia(this.#engine.db, accountSid, rows))[0];
  }

  elsewhere(accountSid: string, { twilioNumber, target }: Pair): Promise<Elsewhere[]> {
    return this.#engine.db
      .selectFrom("conversations")
      .select(["twilio_number as twilioNumber", "target", "unread"])
      .where("account_sid", "=", accountSid)
      .where("target", "=", target)
      .where("twilio_number", "!=", twilioNumber)
      .where("last_at", "is not", null)
      .orderBy("key", "desc")
      .limit(mostElsewhere)
      .execute();
  }

  newest(accountSid: string, twilioNumber?: string): Promise<Pair | undefined> {
    const { db } = this.#engine;
    // Either way it is the end of an index.
    return twilioNumber === undefined ? newestOfAll(db, accountSid) : newestOf(db, accountSid, twilioNumber);
  }

  async twilioNumbers(accountSid: string): Promise<string[]> {
    const rows = await numbersWithMessages(this.#engine.db, accountSid).execute();
    return rows.map(({ number }) => number ?? "");
  }

  async unreadByNumber(accountSid: string): Promise<Map<string, number>> {
    const few = sql<number>`(select coalesce(sum(unread), 0) from (select unread from conversations
      where account_sid = ${accountSid} and twilio_number = found.number and unread > 0
      limit ${countedConversations}) as few)`;
    const rows = await numbersWithMessages(this.#engine.db, accountSid).select(few.as("unread")).execute();
    return new Map(rows.map(({ number, unread }) => [number ?? "", Number(unread)]));
  }

  async markRead(accountSid: string, pair: Pair): Promise<void> {
    await this.#writer.write(accountSid, async (unit) => {
      const read = await update(unit, pair).set({ unread: 0 }).where("unread", ">", 0).executeTakeFirst();
      if (read.numUpdatedRows > 0n) announce(unit, pair);
    });
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
      await growConversations(unit, [{ ...pair, at: new Date(0), unread: 0, serviceSid: null }]);
      await update(unit, pair).set({ complete: 1 }).execute();
    });
  }
}

/** From one to the next by the index, instead of over every conversation. */
function numbersWithMessages(db: Kysely<Tables>, accountSid: string) {
  return db
    .withRecursive("found(number)", (query) =>
      query
        .selectFrom("conversations")
        .select(({ fn }) => fn.min<string | null>("twilio_number").as("number"))
        .where("account_sid", "=", accountSid)
        .where("last_at", "is not", null)
        .unionAll(
          query
            .selectFrom("found")
            .select((row) =>
              row
                .selectFrom("conversations as next")
                .select(({ fn }) => fn.min<string | null>("next.twilio_number").as("number"))
                .where("next.account_sid", "=", accountSid)
                .where("next.last_at", "is not", null)
                .whereRef("next.twilio_number", ">", "found.number")
                .as("number"),
            )
            .where("found.number", "is not", null),
        ),
    )
    .selectFrom("found")
    .select("found.number")
    .where("found.number", "is not", null);
}

function newestOfAll(db: Kysely<Tables>, accountSid: string): Promise<Pair | undefined> {
  return db
    .selectFrom("messages")
    .innerJoin("conversations", "conversations.key", "messages.conversation")
    .select(["twilio_number as twilioNumber", "target"])
    .where("account", "=", keyOf(accountSid))
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
