/** The open pages. */
export interface Live {
  /** Accounts that at least one open page of this instance shows. */
  watched(): string[];
  /** Calls the listener when an account gets its first watcher. */
  onWatch(listener: (accountSid: string) => void): void;
  /** Streams what the account's pages must hear, from the event after `after` on, until the session ends or the returned function is called. */
  open(watcher: Watcher, after: number, sink: EventSink): Promise<() => void>;
  /** What happened after `after`, at once. */
  replay(accountSid: string, after: number): Promise<Replay>;
}

/** Whose page it is. */
export interface Watcher {
  accountSid: string;
  sessionId: string;
}

/** Turbo Streams, and the event id they lead up to. */
export interface Replay {
  html: string;
  cursor: number;
}

/** Where a stream goes: one open response. */
export interface EventSink {
  write(text: string): void;
  end(): void;
}
