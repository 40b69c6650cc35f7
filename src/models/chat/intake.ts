// The one way in: what Twilio tells about a message, by whatever door, against what we know. No database, no clock.
import { isMasked } from "../numbers/address.ts";
import type { Message } from "../types.ts";
import { answered } from "./answer.ts";
import { corrected } from "./correction.ts";
import { isSame, newMessage } from "./message.ts";
import { advanced, isInFlight } from "./messageStatus.ts";
import { withEffect } from "./optOuts.ts";
import { mayBeOurs } from "./ours.ts";
import { normalized, type Known, type Source, type Taken, type Told } from "./told.ts";

/** What a told message does. A status only moves forward; only the log, which is the truth, corrects what is final. */
export function take(known: Known, raw: Told, source: Source): Taken {
  const told = normalized(raw);
  if (source === "answer") return answered(known, told);
  if (known.message) return follow(known.message, told, source);
  if (source === "callback") return { outcome: "waiting", unread: 0 };
  const candidates = source === "webhook" ? [] : known.own.filter((message) => mayBeOurs(message, told));
  if (candidates.some(({ status }) => isInFlight(status))) return { outcome: "unchanged", unread: 0 };
  const [unconfirmed] = candidates;
  return unconfirmed ? claim(known, unconfirmed, told) : add(known, told, source);
}

function follow(message: Message, told: Told, source: Source): Taken {
  const after = followed(message, told, source);
  if (isSame(message, after)) return { message, outcome: "unchanged", unread: 0 };
  // Nobody has read it where it belongs.
  const found = after.direction === "inbound" && after.target !== message.target && source !== "history";
  return { message: after, outcome: "changed", unread: found ? 1 : 0 };
}

function followed(message: Message, told: Told, source: Source): Message {
  if (source === "callback") return withEffect(advanced(message, told), told);
  if (source === "webhook") return completed(message, told);
  return corrected(message, told);
}

/** The log may have come before the webhook, which alone tells the whole text and what Advanced Opt-Out heard. */
function completed(message: Message, told: Told): Message {
  if (message.direction !== told.direction) return message;
  const ends = isMasked(message.target) ? { twilioNumber: told.twilioNumber, target: told.target } : {};
  const words = message.redacted ? { body: told.body ?? "", redacted: false } : {};
  const serviceSid = message.serviceSid ?? told.serviceSid;
  return withEffect({ ...message, ...ends, ...words, serviceSid }, told);
}

// We said it was not sent, because the log lagged further behind than we waited.
function claim(known: Known, unconfirmed: Message, told: Told): Taken {
  return answered(known, { ...told, answers: unconfirmed.id });
}

function add({ waiting, after, now }: Known, told: Told, source: Source): Taken {
  const inbound = told.direction === "inbound";
  const news = inbound && source !== "history";
  const fresh = advanced(newMessage(told, source, placed(told.at, after) ?? now), waiting);
  return {
    message: withEffect(fresh, told),
    outcome: news ? "received" : "changed",
    unread: news ? 1 : 0,
  };
}

// Twilio's times have whole seconds while ours are exact, so a text may seem older than the one it answers.
function placed(at: Date | null, after: Date | undefined): Date | null {
  if (at === null || after === undefined) return at;
  const second = Math.floor(at.getTime() / 1_000) * 1_000;
  const withinSecond = after.getTime() > at.getTime() && after.getTime() < second + 999;
  return withinSecond ? new Date(after.getTime() + 1) : at;
}
