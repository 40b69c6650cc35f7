import type { Watcher } from "../models/live.ts";
import type { Stream } from "./stream.ts";

/** How many streams may be open at once; beyond that the oldest ends. */
export const most = { perSession: 20, perAccount: 200 };

interface Watching extends Watcher {
  stream: Stream;
}

/** The open streams, by account, oldest first. */
export class Watchers {
  readonly #byAccount = new Map<string, Watching[]>();

  accounts(): string[] {
    return [...this.#byAccount.keys()];
  }

  has(accountSid: string): boolean {
    return this.#byAccount.has(accountSid);
  }

  streams(accountSid: string): Stream[] {
    return (this.#byAccount.get(accountSid) ?? []).map(({ stream }) => stream);
  }

  sessions(): string[] {
    return [...new Set([...this.#byAccount.values()].flat().map(({ sessionId }) => sessionId))];
  }

  count(): number {
    return [...this.#byAccount.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Adds a stream; returns the one that is too many now. */
  add(watching: Watching): Stream | undefined {
    const own = this.#byAccount.get(watching.accountSid) ?? [];
    this.#byAccount.set(watching.accountSid, own);
    own.push(watching);
    const sameSession = own.filter(({ sessionId }) => sessionId === watching.sessionId);
    if (sameSession.length > most.perSession) return sameSession[0]?.stream;
    return own.length > most.perAccount ? own[0]?.stream : undefined;
  }

  remove(accountSid: string, stream: Stream): void {
    const rest = (this.#byAccount.get(accountSid) ?? []).filter((watching) => watching.stream !== stream);
    if (rest.length > 0) this.#byAccount.set(accountSid, rest);
    else this.#byAccount.delete(accountSid);
  }

  /** Those whose session is one of these. */
  ofSessions(isOne: (sessionId: string) => boolean): Watching[] {
    return [...this.#byAccount.values()].flat().filter(({ sessionId }) => isOne(sessionId));
  }
}
