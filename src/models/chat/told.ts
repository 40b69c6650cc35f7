import type { MediaPart, Message, TwilioMessage } from "../types.ts";
import { withoutTrialPrefix } from "./trialPrefix.ts";

/** The door by which Twilio told: a text posted to us, a status callback, the answer to a send, a look at the log, or its past. */
export type Source = "webhook" | "callback" | "answer" | "log" | "history";

/** What Twilio tells about one message. */
export interface Told extends Omit<TwilioMessage, "body"> {
  /** Null when it is not told: a status callback tells only how far the message is. */
  body: string | null;
  /** Only webhooks of Advanced Opt-Out tell it; it counts whatever the words. */
  optOutType?: "STOP" | "START" | "HELP";
  /** Its pictures and files in order; only a webhook tells them. */
  media?: MediaPart[];
  /** The id of the message of ours that this answers. */
  answers?: string;
}

/** Everything we know that may be about the told message. */
export interface Known {
  /** The one with this SID. */
  message?: Message | undefined;
  /** Ours without a SID: for an answer the one it names, for the log those that it may be. */
  own: readonly Message[];
  /** What a status callback told before the message itself was known. */
  waiting?: Told | undefined;
  /** When the message before it in the log's order of the conversation was said. */
  after?: Date | undefined;
  /** By Twilio's clock; the time of what is told without one. */
  now: Date;
}

export interface Taken {
  /** As it is from now on; undefined when nothing is kept of what was told. */
  message?: Message;
  /** `received`: a text that is news. `waiting`: a callback to be kept until its message comes. */
  outcome: "received" | "changed" | "unchanged" | "waiting";
  unread: 0 | 1;
  /** A second copy of the same message, which this one takes the place of. */
  replaces?: Message;
  /** Another of ours with the same words, which had taken this one's SID from the log: it is open again. */
  reopens?: Message;
}

/** What is told as it can be kept and compared: told twice, it is twice the same. */
export function normalized(told: Told): Told {
  const { body, direction, errorMessage } = told;
  return {
    ...told,
    body: body === null ? null : bodyOf(direction === "outbound" ? withoutTrialPrefix(body) : body),
    errorMessage: errorMessage === null ? null : plainText(errorMessage),
    twilioNumber: plainText(told.twilioNumber),
    target: plainText(told.target),
  };
}

/** A text as it is kept: lines end with LF, and what no database and no page can hold (U+0000, half a sign) is replaced. */
export function bodyOf(text: string): string {
  return plainText(text).replace(/\r\n?/g, "\n");
}

/** Without U+0000, which PostgreSQL cannot store, and without unpaired surrogates, which UTF-8 cannot carry. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
