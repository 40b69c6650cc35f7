import type { Message } from "../types.ts";
import { corrected, correctedTime } from "./correction.ts";
import { isSame, newMessage } from "./message.ts";
import { advanced } from "./messageStatus.ts";
import { withEffect } from "./optOuts.ts";
import type { Known, Taken, Told } from "./told.ts";

/** Twilio's answer for one of ours, from the send itself or found in the log later. */
export function answered(known: Known, told: Told): Taken {
  const ours = known.own.find(({ id }) => id === told.answers);
  if (ours === undefined || (ours.sid !== null && ours.sid !== told.sid)) return adopted(known, told);
  if (ours.sid !== null) return changed(ours, corrected(ours, told));
  return { ...changed(ours, claimed(ours, known, told)), ...displaced(known.message) };
}

// The message is not, or no longer, one of ours; it exists at Twilio all the same.
function adopted({ message, waiting, now }: Known, told: Told): Taken {
  if (message) return changed(message, withEffect(advanced(message, told), told));
  const fresh = advanced(newMessage(told, "answer", told.at ?? now), waiting);
  return { message: withEffect(fresh, told), outcome: "changed", unread: 0 };
}

function claimed(ours: Message, { message: seen, waiting }: Known, told: Told): Message {
  const { sid, status, errorCode, errorMessage, numMedia } = told;
  const accepted = {
    ...ours,
    ...{ sid, status, errorCode, errorMessage, numMedia },
    body: told.body || ours.body,
    at: correctedTime(ours, told),
    serviceSid: told.serviceSid,
  };
  return withEffect(advanced(advanced(accepted, seen), waiting), told);
}

// A poll or another send with the same words was faster, and has a row of the same message.
function displaced(seen: Message | undefined): Pick<Taken, "replaces" | "reopens"> {
  if (seen === undefined) return {};
  return seen.id === seen.sid ? { replaces: seen } : { reopens: reopened(seen) };
}

function reopened(other: Message): Message {
  return { ...other, sid: null, status: "checking", errorCode: null, errorMessage: null, optOut: null };
}

function changed(before: Message, message: Message): Taken {
  return { message, outcome: isSame(before, message) ? "unchanged" : "changed", unread: 0 };
}
