import type { Change, LiveEvent } from "./types.ts";

export interface EventStore {
  /** Announces a change that no other call announces. */
  announce(accountSid: string, change: Change): Promise<void>;
  /** The newest event's id of any account, 0 when there is none. */
  cursor(): Promise<number>;
  /** Events of the account after `id`, oldest first; undefined when events after `id` may have been pruned already. */
  since(accountSid: string, id: number): Promise<LiveEvent[] | undefined>;
  /** Calls the listener with every committed event of every account and instance, in order, until the returned function is called. */
  listen(listener: (events: LiveEvent[]) => void): () => void;
}

/** Where the stream of events stands now, for a page to start from. */
export type LiveCursor = Pick<EventStore, "cursor">;
