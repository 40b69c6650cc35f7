import { sql } from "kysely";
import type { Draft, MessageStore, ThreadPage } from "../../models/chat/store.ts";
import type { Source, Taken, Told } from "../../models/chat/told.ts";
import type { Message, MessageStatus, Pair } from "../../models/types.ts";
import type { Unit, Writer } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";
import { keyOfPair } from "./conversationKeys.ts";
import { batchOf, batchOfSids, saveBatch, takeAll, type Telling } from "./intake.ts";
import { withMedia } from "./mediaRows.ts";
import { toMessage } from "./messageRows.ts";
import type { IntakeThread } from "./intakeThread.ts";
import { isInFlight, isUnsettled, messageRows, rowsBySid } from "./messageTable.ts";

// Some carriers never say more than "sent"; after this long nobody asks any more.
const unsettledForMs = 2 * 24 * 3_600_000;
// A page of history goes in by pieces, so that a webhook need not wait for all of it.
const toldPerCall = 500;
// Less than this is done sooner here than by a thread that has yet to begin.
const muchTold = 200;
const muchWaiting = 20;

export class Messages implements MessageStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #thread: IntakeThread | undefined;

  /** With `thread` for what is much at once. */
  constructor(engine: Engine, writer: Writer, thread?: IntakeThread) {
    this.#engine = engine;
    this.#writer = writer;
    this.#thread = thread;
  }

  async take(accountSid: string, told: Told[], source: Source): Promise<Taken[]> {
    const taken: Taken[] = [];
    for (const chunk of chunks(told, toldPerCall))
      taken.push(...(await this.#takeIn(accountSid, { told: chunk, source })));
    return taken;
  }

  #takeIn(accountSid: string, telling: Telling): Promise<Taken[]> {
    if (this.#thread?.hasBegun()) return this.#thread.take(accountSid, telling);
    if (telling.told.length >= muchTold || this.#writer.waiting() >= muchWaiting) this.#thread?.begin();
    return this.#writer.together(accountSid, takeAll, telling);
  }

  addPending(accountSid: string, draft: Draft): Promise<{ message: Message; created: boolean }> {
    return this.#writer.write(accountSid, (unit) => addPending(unit, draft));
  }

  mark(
    accountSid: string,
    id: string,
    status: MessageStatus,
    error?: { code: number | null; message: string },
  ): Promise<boolean> {
    return this.#writer.write(accountSid, async (unit) => {
      const batch = await batchOf(unit, [id]);
      const moved = batch.mark(id, status, error);
      await saveBatch(unit, batch);
      return moved;
    });
  }

  remove(accountSid: string, sid: string): Promise<void> {
    return this.#writer.write(accountSid, async (unit) => {
      const batch = await batchOfSids(unit, [sid]);
      batch.remove(sid);
      await saveBatch(unit, batch);
    });
  }

  async find(accountSid: string, id: string): Promise<Message | undefined> {
    const row = await messageRows(this.#engine.db, accountSid).where("id", "=", id).executeTakeFirst();
    if (row === undefined) return undefined;
    const [message] = await withMedia(this.#engine.db, accountSid, [toMessage(row)]);
    return message;
  }

  async thread(accountSid: string, pair: Pair, { limit, before, since }: ThreadPage): Promise<Message[]> {
    const order = since ? "asc" : "desc";
    const rows = await messageRows(this.#engine.db, accountSid)
      .where("conversation", "=", keyOfPair(accountSid, pair))
      .$if(before !== undefined, (query) => query.where(isEarlier(before)))
      .$if(since !== undefined, (query) => query.where(isSince(since)))
      .orderBy("at", order)
      .orderBy("id", order)
      .limit(limit)
      .execute();
    const inOrder = (since ? rows : rows.reverse()).map(toMessage);
    return withMedia(this.#engine.db, accountSid, inOrder);
  }

  async known(accountSid: string, sids: string[]): Promise<Set<string>> {
    const rows = await rowsBySid(() => messageRows(this.#engine.db, accountSid), sids);
    return new Set(rows.map((row) => toMessage(row).sid ?? ""));
  }

  async between(accountSid: string, from: Date, until: Date): Promise<Message[]> {
    const rows = await messageRows(this.#engine.db, accountSid)
      .where("sid", "is not", null)
      .where("at", ">=", from.getTime())
      .where("at", "<=", until.getTime())
      .orderBy("at")
      .orderBy("id")
      .execute();
    return rows.map(toMessage);
  }

  async unsettled(accountSid: string, before: Date, limit: number): Promise<Message[]> {
    const rows = await messageRows(this.#engine.db, accountSid)
      .where(isUnsettled)
      .where("touched_at", "<", before.getTime())
      .where("at", ">", before.getTime() - unsettledForMs)
      .orderBy("touched_at")
      .limit(limit)
      .execute();
    return rows.map(toMessage);
  }

  async inFlight(accountSid: string): Promise<(Message & { holder: string })[]> {
    const rows = await messageRows(this.#engine.db, accountSid).where(isInFlight).orderBy("at").execute();
    return rows.map((row) => ({ ...toMessage(row), holder: row.holder }));
  }
}

async function addPending(unit: Unit, draft: Draft): Promise<{ message: Message; created: boolean }> {
  const known = await messageRows(unit.trx, unit.accountSid).where("id", "=", draft.id).executeTakeFirst();
  if (known) return { message: toMessage(known), created: false };
  const message = pending(draft);
  const batch = await batchOf(unit, []);
  batch.begin(message);
  await saveBatch(unit, batch, new Map([[draft.id, draft.holder]]));
  return { message, created: true };
}

function pending({ id, twilioNumber, target, body, at }: Draft): Message {
  const nothing = { sid: null, errorCode: null, errorMessage: null, numMedia: 0, serviceSid: null };
  const message = { id, twilioNumber, target, body, at, ...nothing, optOut: null, redacted: false };
  return { ...message, direction: "outbound", status: "pending" };
}

function isSince(from: Pick<Message, "at" | "id"> | undefined) {
  const at = from?.at.getTime();
  return sql<boolean>`at >= ${at} and (at > ${at} or id >= ${from?.id})`;
}

// The first half alone lets the index begin where the thread goes on.
function isEarlier(than: Pick<Message, "at" | "id"> | undefined) {
  const at = than?.at.getTime();
  return sql<boolean>`at <= ${at} and (at < ${at} or id < ${than?.id})`;
}
