import { isMasked } from "../numbers/address.ts";
import type { Message } from "../types.ts";
import { advanced, isFinal, rank } from "./messageStatus.ts";
import { withEffect } from "./optOuts.ts";
import type { Told } from "./told.ts";

const withinSecondMs = 999;
const sameMomentMs = 5_000;

/** The message after Twilio's log told of it: the log is the truth, but what it says of a status may be late. */
export function corrected(message: Message, logged: Told): Message {
  const after = {
    ...withStatus(message, logged),
    ...endsOf(message, logged),
    ...wordsOf(message, logged),
    at: correctedTime(message, logged),
    serviceSid: logged.serviceSid ?? message.serviceSid,
  };
  return withEffect(after, logged);
}

// What was taken for a text to us, and is none, has a status that means nothing.
function withStatus(message: Message, logged: Told): Message {
  const { status, errorCode, errorMessage } = logged;
  const replaced = { ...message, status, errorCode, errorMessage };
  if (message.direction !== logged.direction) return replaced;
  const ended = rank(status) === rank(message.status) && isFinal(status) && status !== message.status;
  return ended ? replaced : advanced(message, logged);
}

// A redacted entry of the log has lost its numbers, and what we know is better.
function endsOf(message: Message, { direction, twilioNumber, target }: Told) {
  return isMasked(target) && !isMasked(message.target) ? {} : { direction, twilioNumber, target };
}

// A text that came whole is not emptied by the log's redacted copy.
function wordsOf(message: Message, { body, numMedia }: Told) {
  if (!body) return message.body === "" ? { numMedia } : {};
  return { body, numMedia, redacted: false };
}

/** Twilio's times are whole seconds; ours keep the order of what happened within one, or while we sent it. */
export function correctedTime(message: Message, logged: Told): Date {
  if (logged.at === null) return message.at;
  const [at, ours] = [logged.at.getTime(), message.at.getTime()];
  if (message.direction === "inbound") return new Date(Math.min(Math.max(ours, at), at + withinSecondMs));
  return Math.abs(at - ours) > sameMomentMs ? logged.at : message.at;
}
