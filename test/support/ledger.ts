import { IntakeBatch } from "../../src/models/chat/intakeBatch.ts";
import { marksInOrder, optedOutSince, type OptOutMark } from "../../src/models/chat/optOuts.ts";
import { personOf } from "../../src/models/numbers/address.ts";
import type { Source, Taken, Told } from "../../src/models/chat/told.ts";
import type { Change, Message, Pair } from "../../src/models/types.ts";

/** What a store would hold after so many batches, without a database. */
export class Ledger {
  readonly messages = new Map<string, Message>();
  readonly waiting = new Map<string, Told>();
  readonly unread = new Map<string, number>();
  readonly changes: Change[] = [];

  constructor(...own: Message[]) {
    for (const message of own) this.messages.set(message.id, message);
  }

  take(told: Told | Told[], source: Source, now = new Date(0)): Taken[] {
    const batch = new IntakeBatch({
      messages: [...this.messages.values()],
      waiting: [...this.waiting.values()],
      now,
    });
    const taken = batch.take([told].flat(), source);
    this.#write(batch);
    return taken;
  }

  mark(...move: Parameters<IntakeBatch["mark"]>): boolean {
    const batch = new IntakeBatch({ messages: [...this.messages.values()], waiting: [], now: new Date(0) });
    const moved = batch.mark(...move);
    this.#write(batch);
    return moved;
  }

  /** Oldest first. */
  thread(): Message[] {
    return [...this.messages.values()].sort(
      (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1),
    );
  }

  optedOutAt(pair: Pair, serviceOf: (twilioNumber: string) => string | null = () => null): Date | null {
    const marks = [...this.messages.values()].filter(isMark);
    return optedOutSince(pair, marksInOrder(personOf(pair.target), marks), serviceOf);
  }

  #write(batch: IntakeBatch): void {
    for (const { id } of batch.removed.values()) this.messages.delete(id);
    for (const message of batch.saved.values()) this.messages.set(message.id, message);
    for (const [key, { unread }] of batch.pairs) this.unread.set(key, (this.unread.get(key) ?? 0) + unread);
    for (const { twilioNumber, target } of batch.moved.values()) {
      const key = `${twilioNumber} ${target}`;
      this.unread.set(key, Math.max(0, (this.unread.get(key) ?? 0) - 1));
    }
    for (const told of batch.held.values()) this.waiting.set(told.sid, told);
    for (const sid of batch.released) this.waiting.delete(sid);
    this.changes.push(...batch.changes);
  }
}

function isMark(message: Message): message is Message & OptOutMark {
  return message.optOut !== null;
}
