import type { LogPage, MessageApi } from "../chat/twilio.ts";
import { TwilioRefused } from "../errors.ts";
import type { Credentials, LogPosition, TwilioMessage } from "../types.ts";

const pageSize = 1_000;

/** A page, and where it leads; `next` is null at the end. */
export interface LogPart {
  messages: TwilioMessage[];
  next: LogPosition | null;
}

/** Reads Twilio's log from a position on, newest first; a link that is dead or leads in a circle is left for the oldest known time. */
export class LogReader {
  readonly #twilio: MessageApi;
  /** Links that were followed, by account. */
  readonly #followed = new Map<string, Set<string>>();

  constructor(twilio: MessageApi) {
    this.#twilio = twilio;
  }

  async read(credentials: Credentials, position: LogPosition): Promise<LogPart> {
    const { accountSid } = credentials;
    const page = await this.#page(credentials, position);
    const oldestAt = oldestOf(page.messages) ?? position.oldestAt;
    const next = this.#next(accountSid, page, position, oldestAt);
    if (next === null) this.#followed.delete(accountSid);
    return { messages: page.messages, next };
  }

  #next(
    accountSid: string,
    { nextPage }: LogPage,
    position: LogPosition,
    oldestAt: Date | null,
  ): LogPosition | null {
    if (nextPage === null) return null;
    const followed = this.#followed.get(accountSid) ?? new Set();
    this.#followed.set(accountSid, followed);
    if (!followed.has(nextPage)) {
      followed.add(nextPage);
      return { nextPage, oldestAt };
    }
    // In a circle: on from the oldest known, unless that is where this page began.
    const isFurther = oldestAt !== null && oldestAt.getTime() !== position.oldestAt?.getTime();
    return isFurther ? { nextPage: null, oldestAt } : null;
  }

  async #page(credentials: Credentials, { nextPage, oldestAt }: LogPosition): Promise<LogPage> {
    const fromTime = { pageSize, ...(oldestAt ? { sentBefore: oldestAt } : {}) };
    if (nextPage === null) return this.#twilio.listMessages(credentials, fromTime);
    try {
      return await this.#twilio.listMessages(credentials, { page: nextPage });
    } catch (error) {
      // A page token may be stale after a long pause; the time of the oldest message is not.
      if (!(error instanceof TwilioRefused)) throw error;
      return this.#twilio.listMessages(credentials, fromTime);
    }
  }
}

/** When the oldest message of a page was said; null when none of them has a readable time. */
export function oldestOf(messages: TwilioMessage[]): Date | null {
  return messages.findLast(({ at }) => at !== null)?.at ?? null;
}
