import { personOf } from "../numbers/address.ts";
import type { Change, MediaPart, Message, MessageStatus, Pair } from "../types.ts";
import { changesOf } from "./changesOf.ts";
import { take } from "./intake.ts";
import { isFoundAlike, isSame } from "./message.ts";
import { isFinal, mayMove, rank } from "./messageStatus.ts";
import { withEffect } from "./optOuts.ts";
import { pairKey } from "./pairKey.ts";
import { plainText, type Source, type Taken, type Told } from "./told.ts";

/** What must be known of an account before a batch is taken in. */
export interface BatchKnown {
  /** Those that may be meant: by SID, and ours without one. */
  messages: readonly Message[];
  /** Callbacks whose messages were not known when they came. */
  waiting: readonly Told[];
  /** By Twilio's clock. */
  now: Date;
}

/** Takes in what Twilio told, one after the other, and collects what has to be written for it in one transaction. */
export class IntakeBatch {
  readonly #now: Date;
  readonly #byId: Map<string, Message>;
  readonly #bySid = new Map<string, Message>();
  /** Ids of ours that have no SID. */
  readonly #open: Set<string>;
  readonly #waiting: Map<string, Told>;
  /** The time of each pair's latest message so far, in the order of the log. */
  readonly #latest = new Map<string, Date>();
  readonly saved = new Map<string, Message>();
  /** Ids of those that searches could not find so far, and of those that they found by other words or in another conversation. */
  readonly unfound = new Set<string>();
  readonly reworded = new Set<string>();
  /** As they were. */
  readonly removed = new Map<string, Message>();
  /** As they were in the conversation that they left for another. */
  readonly moved = new Map<string, Message>();
  /** Conversations whose last message may be another one now; with what is unread more. */
  readonly pairs = new Map<string, Pair & { unread: number; at: Date; serviceSid: string | null }>();
  /** Whose opt-out may have changed. */
  readonly persons = new Set<string>();
  readonly changes: Change[] = [];
  /** Callbacks to be kept until their message comes, and the SIDs of those that have found it. */
  readonly held = new Map<string, Told>();
  readonly released = new Set<string>();
  /** What messages brought beside their words, by their ids. */
  readonly media = new Map<string, MediaPart[]>();
  /** Ids of messages that Twilio was just asked about, without news. */
  readonly asked = new Set<string>();
  /** What outbound messages that were known or begun here have come to. */
  readonly reached: MessageStatus[] = [];

  constructor({ messages, waiting, now }: BatchKnown) {
    this.#now = now;
    this.#byId = new Map(messages.map((message) => [message.id, message]));
    this.#open = new Set(messages.filter(({ sid }) => sid === null).map(({ id }) => id));
    for (const message of messages) if (message.sid !== null) this.#bySid.set(message.sid, message);
    this.#waiting = new Map(waiting.map((told) => [told.sid, told]));
  }

  /** Answers in the order of what was told; a page of the log is told newest first. */
  take(told: readonly Told[], source: Source): Taken[] {
    const isLog = source === "log" || source === "history";
    const changes: Change[] = [];
    const inOrder = isLog ? told.toReversed() : told;
    const taken = inOrder.map((one) => this.#take(one, source, changes));
    if (source !== "history") this.changes.push(...changes);
    return isLog ? taken.reverse() : taken;
  }

  /** Keeps a message of ours that is not at Twilio yet. */
  begin(message: Message): void {
    this.#put(undefined, message);
    this.changes.push({ kind: "changed", messageId: message.id });
  }

  /** Moves one of ours that has no SID yet; false when it stands elsewhere by now. */
  mark(id: string, status: MessageStatus, error?: { code: number | null; message: string }): boolean {
    const before = this.#byId.get(id);
    if (before === undefined || before.sid !== null || !mayMove(before.status, status)) return false;
    const told = { errorCode: error?.code ?? null, errorMessage: error ? plainText(error.message) : null };
    const after = withEffect({ ...before, status, ...told }, {});
    if (isSame(before, after)) return true;
    this.#put(before, after);
    this.changes.push({ kind: "changed", messageId: id });
    return true;
  }

  /** Follows a deletion at Twilio. What a STOP did there stands. */
  remove(sid: string): void {
    const message = this.#bySid.get(sid);
    if (message === undefined) return;
    this.#drop(message);
    const { twilioNumber, target } = message;
    this.changes.push(
      { kind: "messageRemoved", messageId: message.id },
      { kind: "conversation", twilioNumber, target },
    );
  }

  #take(told: Told, source: Source, changes: Change[]): Taken {
    const key = pairKey(told);
    const before = this.#bySid.get(told.sid);
    const taken = take(
      {
        message: before,
        own: this.#own(told),
        waiting: this.#waiting.get(told.sid),
        after: this.#latest.get(key),
        now: this.#now,
      },
      told,
      source,
    );
    const at = taken.message?.at ?? told.at;
    if (at !== null) this.#latest.set(key, at);
    this.#keep(taken, before, told);
    changes.push(...changesOf(taken));
    return taken;
  }

  #own({ direction, answers = "" }: Told): Message[] {
    const ids = direction === "outbound" ? new Set([...this.#open, answers]) : new Set<string>();
    return [...ids].map((id) => this.#byId.get(id)).filter((message) => message !== undefined);
  }

  #keep(taken: Taken, before: Message | undefined, told: Told): void {
    const { message, outcome, unread, replaces, reopens } = taken;
    if (outcome === "waiting") return this.#hold(told);
    if (message === undefined) return;
    if (told.media) this.media.set(message.id, told.media);
    if (outcome === "unchanged") return this.#ask(message);
    if (replaces) this.#drop(replaces);
    if (reopens) this.#put(this.#byId.get(reopens.id), reopens);
    this.#put(this.#byId.get(message.id) ?? before, message, unread);
    if (this.#waiting.has(told.sid)) this.released.add(told.sid);
  }

  #hold(told: Told): void {
    const held = this.#waiting.get(told.sid);
    if (held && rank(held.status) >= rank(told.status)) return;
    this.#waiting.set(told.sid, told);
    this.held.set(told.sid, told);
  }

  #ask(message: Message): void {
    if (message.direction === "outbound" && !isFinal(message.status)) this.asked.add(message.id);
  }

  #put(before: Message | undefined, after: Message, unread = 0): void {
    this.#byId.set(after.id, after);
    const isNews = before ? before.status !== after.status : after.sid === null;
    if (after.direction === "outbound" && isNews) this.reached.push(after.status);
    if (after.sid === null) this.#open.add(after.id);
    else this.#open.delete(after.id);
    if (after.sid !== null) this.#bySid.set(after.sid, after);
    this.saved.set(after.id, after);
    if (before === undefined) this.unfound.add(after.id);
    else if (!this.unfound.has(after.id) && !isFoundAlike(before, after)) this.reworded.add(after.id);
    this.#touch(after, unread, after.serviceSid);
    if (before && pairKey(before) !== pairKey(after)) this.#leave(before);
    if (before?.optOut || after.optOut) this.persons.add(personOf(after.target));
  }

  #leave(before: Message): void {
    this.moved.set(before.id, before);
    this.#touch(before, 0, null);
  }

  #drop(message: Message): void {
    this.#byId.delete(message.id);
    if (message.sid !== null) this.#bySid.delete(message.sid);
    this.saved.delete(message.id);
    this.removed.set(message.id, message);
    this.#touch(message, 0, null);
  }

  #touch({ twilioNumber, target, at }: Message, unread: number, serviceSid: string | null): void {
    const key = pairKey({ twilioNumber, target });
    const pair = this.pairs.get(key);
    this.pairs.set(key, {
      ...{ twilioNumber, target },
      unread: (pair?.unread ?? 0) + unread,
      at: pair && pair.at > at ? pair.at : at,
      serviceSid: serviceSid ?? pair?.serviceSid ?? null,
    });
  }
}
