import type { SessionStore } from "../models/account/store.ts";
import type { EventStore } from "../models/events.ts";
import type { EventSink, Live, Replay, Watcher } from "../models/live.ts";
import type { Change, LiveEvent } from "../models/types.ts";
import type { Fragments } from "./fragments.ts";
import { Replays } from "./replays.ts";
import { openStream, type Stream } from "./stream.ts";
import { Watchers } from "./watchers.ts";

export interface HubOptions {
  onError: (error: unknown) => void;
  /** Between looks at whether the sessions of open streams have run out, in milliseconds. */
  sessionCheckMs?: number;
}

const usualCheckMs = 20_000;

/** Hands every committed change to the open pages of its account, drawn once for all of them. */
export class Hub implements Live {
  readonly #sessions: SessionStore;
  readonly #fragments: Fragments;
  readonly #replays: Replays;
  readonly #onError: (error: unknown) => void;
  readonly #watchers = new Watchers();
  readonly #watchListeners: ((accountSid: string) => void)[] = [];
  readonly #stopListening: () => void;
  readonly #checking: NodeJS.Timeout;
  /** What is being drawn, for each account. */
  readonly #drawing = new Map<string, Promise<void>>();

  constructor(
    store: { events: EventStore; sessions: SessionStore },
    fragments: Fragments,
    { onError, sessionCheckMs = usualCheckMs }: HubOptions,
  ) {
    this.#sessions = store.sessions;
    this.#fragments = fragments;
    this.#replays = new Replays(store.events, fragments);
    this.#onError = onError;
    this.#stopListening = store.events.listen((events) => this.#publish(events));
    this.#checking = setInterval(() => void this.#checkSessions().catch(onError), sessionCheckMs).unref();
  }

  watched(): string[] {
    return this.#watchers.accounts();
  }

  /** How many streams are open. */
  count(): number {
    return this.#watchers.count();
  }

  onWatch(listener: (accountSid: string) => void): void {
    this.#watchListeners.push(listener);
  }

  async open(watcher: Watcher, after: number, sink: EventSink): Promise<() => void> {
    const stream = openStream(sink, after);
    const isFirst = !this.#watchers.has(watcher.accountSid);
    const tooMany = this.#watchers.add({ ...watcher, stream });
    if (tooMany) {
      tooMany.dismiss();
      this.#watchers.remove(watcher.accountSid, tooMany);
    }
    if (isFirst) for (const listener of this.#watchListeners) listener(watcher.accountSid);
    try {
      stream.begin(await this.replay(watcher.accountSid, after));
    } catch (error) {
      this.#remove(watcher.accountSid, stream);
      throw error;
    }
    return () => this.#remove(watcher.accountSid, stream);
  }

  replay(accountSid: string, after: number): Promise<Replay> {
    return this.#replays.after(accountSid, after);
  }

  /** Ends every stream, so that the server can close. */
  close(): void {
    this.#stopListening();
    clearInterval(this.#checking);
    for (const accountSid of this.watched()) this.#endAll(accountSid);
  }

  // One batch of an account after the other, so that pages hear of changes in the order of their commits.
  #publish(events: LiveEvent[]): void {
    for (const [accountSid, own] of Map.groupBy(events, (event) => event.accountSid)) {
      if (!this.#watchers.has(accountSid)) continue;
      const drawing = (this.#drawing.get(accountSid) ?? Promise.resolve())
        .then(() => this.#send(accountSid, own))
        .catch((error: unknown) => {
          this.#onError(error);
          // The pages come back with their cursors, and get what could not be drawn now.
          this.#endAll(accountSid);
        })
        .finally(() => {
          if (this.#drawing.get(accountSid) === drawing) this.#drawing.delete(accountSid);
        });
      this.#drawing.set(accountSid, drawing);
    }
  }

  async #send(accountSid: string, events: LiveEvent[]): Promise<void> {
    const changes = events.map(({ change }) => change);
    const cursor = events.at(-1)?.id ?? 0;
    const ended = endedSessions(changes);
    this.#endSessions((sessionId) => ended.has(sessionId), cursor);
    const html = await this.#fragments.draw(accountSid, events);
    for (const stream of this.#watchers.streams(accountSid)) stream.send({ html, cursor });
    if (changes.some(({ kind }) => kind === "signedOut")) this.#endAll(accountSid);
  }

  // Sessions that run out tell nobody.
  async #checkSessions(): Promise<void> {
    const watching = this.#watchers.sessions();
    const alive = await this.#sessions.alive(watching);
    this.#endSessions((sessionId) => watching.includes(sessionId) && !alive.has(sessionId));
  }

  #endSessions(hasEnded: (sessionId: string) => boolean, cursor?: number): void {
    for (const { accountSid, stream } of this.#watchers.ofSessions(hasEnded)) {
      stream.say({ html: this.#fragments.signIn(), cursor });
      this.#remove(accountSid, stream);
    }
  }

  #remove(accountSid: string, stream: Stream): void {
    stream.end();
    this.#watchers.remove(accountSid, stream);
  }

  #endAll(accountSid: string): void {
    for (const stream of this.#watchers.streams(accountSid)) this.#remove(accountSid, stream);
  }
}

function endedSessions(changes: Change[]): Set<string> {
  return new Set(changes.flatMap((change) => (change.kind === "sessionsEnded" ? change.sessionIds : [])));
}
