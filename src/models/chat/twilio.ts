import type { Credentials, MediaPart, Pair, TwilioMessage } from "../types.ts";

/** Twilio's Messages resource. Every call may throw BadCredentials, TwilioRefused, TwilioBusy, TwilioUnreachable; a send also AnswerLost. */
export interface MessageApi {
  sendMessage(
    credentials: Credentials,
    message: Pair & { body: string; statusCallback: string | undefined },
  ): Promise<TwilioMessage>;
  /** Undefined when Twilio has no such message (any more). */
  fetchMessage(credentials: Credentials, sid: string): Promise<TwilioMessage | undefined>;
  /** One page of the log, newest first. Messages without both ends (a Service still choosing) are left out. */
  listMessages(credentials: Credentials, query: LogQuery | { page: string }): Promise<LogPage>;
}

/** Twilio's Media resource: what messages bring beside their words. Throws what the calls of MessageApi throw. */
export interface MediaApi {
  /** The parts of a message; empty when Twilio has none any more. */
  listMedia(credentials: Credentials, messageSid: string): Promise<MediaPart[]>;
  /** The bytes of one; undefined when Twilio does not have it. Throws TooLarge and TwilioUnreachable also while they are read. */
  fetchMedia(credentials: Credentials, wanted: WantedMedia): Promise<AsyncIterable<Uint8Array> | undefined>;
}

export interface WantedMedia {
  messageSid: string;
  sid: string;
  /** It has just come, so Twilio may need some seconds to find it. */
  isFresh: boolean;
}

/** Twilio's time, as far as its answers have told it: what is compared with Twilio's times is measured with it. */
export interface TwilioClock {
  now(): Date;
  /** How far this machine's clock is ahead of Twilio's, in milliseconds; 0 before the first answer. */
  aheadMs(): number;
}

export interface LogQuery {
  from?: string;
  to?: string;
  /** Inclusive bounds on Twilio's date_sent. */
  sentAfter?: Date;
  sentBefore?: Date;
  /** 1 to 1,000. */
  pageSize: number;
}

export interface LogPage {
  messages: TwilioMessage[];
  /** Pass as `page` to go on; null at the end. */
  nextPage: string | null;
}
