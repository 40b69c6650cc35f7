import { channelOf, personOf, telephone } from "../numbers/address.ts";
import type { Message, OptOutEffect, Pair } from "../types.ts";
import { optOutKeyword } from "./keywords.ts";
import { pairKey } from "./pairKey.ts";
import type { Told } from "./told.ts";

const unsubscribed = 21610;

/** The message with what it does to the person's opt-out: `OptOutType` counts whatever the words, Twilio's refusal as much as a STOP. */
export function withEffect<M extends Message>(message: M, { optOutType }: Pick<Told, "optOutType">): M {
  return { ...message, optOut: effectOf(message, optOutType) };
}

function effectOf(message: Message, optOutType: Told["optOutType"]): OptOutEffect | null {
  if (message.direction === "outbound") return message.errorCode === unsubscribed ? "refused" : null;
  if (optOutType) return effects[optOutType];
  // The log knows nothing of the type that a webhook told.
  return message.optOut ?? keywordEffect(message);
}

const effects = { STOP: "stop", START: "start", HELP: null } as const;

function keywordEffect({ body, twilioNumber }: Message): OptOutEffect | null {
  const keyword = optOutKeyword(body, twilioNumber);
  return keyword === "help" ? null : (keyword ?? null);
}

/** A message of a person that opts out or in, on any of the account's numbers. */
export type OptOutMark = Pick<Message, "id" | "at" | "twilioNumber" | "target" | "serviceSid"> & {
  optOut: OptOutEffect;
};

/**
 * Since when Twilio refuses messages of this pair; null when it takes them. `marks` are the person's, in the order of `marksInOrder`.
 * A STOP counts for the whole Messaging Service (`serviceOf` tells which one a Twilio number is in, as far as messages
 * told), and on the telephone and RCS alike: https://help.twilio.com/articles/360034798533
 */
export function optedOutSince(
  pair: Pair,
  marks: readonly OptOutMark[],
  serviceOf: (twilioNumber: string) => string | null,
): Date | null {
  let since: Date | null = null;
  let onlyRefused = false;
  for (const mark of marks) {
    const reaches = isAbout(pair, mark, serviceOf);
    if (mark.optOut === "start") {
      // A refusal without a STOP here means that the STOP went to another number, and so does its START.
      if (reaches || onlyRefused) [since, onlyRefused] = [null, false];
    } else if (reaches) {
      onlyRefused = mark.optOut === "refused" && (since === null || onlyRefused);
      since ??= mark.at;
    }
  }
  return since;
}

/**
 * What counts of this person's marks, oldest first, however many there are: of each pair its last START, and of what came
 * after it the first and the last of each kind.
 */
export function marksInOrder(person: string, marks: readonly OptOutMark[]): OptOutMark[] {
  const kept = new Map<string, OptOutMark>();
  const own = marks.filter(({ target }) => personOf(target) === person);
  for (const mark of own.toSorted(bySaid)) {
    const pair = `${pairKey(mark)} ${mark.serviceSid ?? ""}`;
    const first = `${pair} first ${mark.optOut}`;
    if (mark.optOut === "start")
      for (const place of ["first", "last"])
        for (const effect of ["stop", "refused"]) kept.delete(`${pair} ${place} ${effect}`);
    else if (!kept.has(first)) kept.set(first, mark);
    kept.set(`${pair} last ${mark.optOut}`, mark);
  }
  return [...new Set(kept.values())].toSorted(bySaid);
}

function bySaid(a: OptOutMark, b: OptOutMark): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
}

function isAbout(pair: Pair, mark: OptOutMark, serviceOf: (twilioNumber: string) => string | null): boolean {
  if (mark.twilioNumber === pair.twilioNumber && mark.target === pair.target) return true;
  if (!sharesOptOuts(mark) || !sharesOptOuts(pair)) return false;
  const [there, here] = [mark.serviceSid ?? serviceOf(mark.twilioNumber), serviceOf(pair.twilioNumber)];
  if (there !== null && here !== null) return there === here;
  return channelOf(mark.twilioNumber) !== channelOf(pair.twilioNumber);
}

// Since March 2026 Twilio keeps one list for SMS, MMS and RCS.
function sharesOptOuts({ twilioNumber }: Pair): boolean {
  return [telephone, "rcs"].includes(channelOf(twilioNumber));
}
