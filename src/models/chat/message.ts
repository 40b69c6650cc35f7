import { pairKey } from "./pairKey.ts";
import type { Message } from "../types.ts";
import { isFailure } from "./messageStatus.ts";
import type { Source, Told } from "./told.ts";

/** A message that we first hear of from Twilio. */
export function newMessage(told: Told, source: Source, at: Date): Message {
  const { sid, twilioNumber, target, direction, status, errorCode, errorMessage, numMedia, serviceSid } =
    told;
  const fromLog = source === "log" || source === "history";
  const redacted = fromLog && told.body === "" && numMedia === 0 && !isFailure(status);
  return {
    id: sid,
    ...{ sid, twilioNumber, target, direction, status, errorCode, errorMessage, numMedia, serviceSid },
    body: told.body ?? "",
    at,
    optOut: null,
    redacted,
  };
}

/** Whether a reader could not tell the one from the other. */
export function isSame(a: Message, b: Message): boolean {
  return told.every((field) => a[field] === b[field]) && a.at.getTime() === b.at.getTime();
}

const told = [
  "sid",
  "twilioNumber",
  "target",
  "direction",
  "body",
  "status",
  "errorCode",
  "errorMessage",
  "numMedia",
  "optOut",
  "serviceSid",
  "redacted",
] as const;

/** Whether a search that finds the one finds the other. */
export function isFoundAlike(before: Message, after: Message): boolean {
  return (
    before.body === after.body &&
    before.numMedia === after.numMedia &&
    before.direction === after.direction &&
    pairKey(before) === pairKey(after)
  );
}
