import { channelOf, kindOf, telephone } from "../numbers/address.ts";
import type { Conversation, Pair } from "../types.ts";

export interface Closure {
  /** A word for it, e.g. for a badge. */
  kind: "opted-out" | "unanswerable";
  /** Why nothing can be written here, and what would change it. */
  sentence: string;
}

/** Why the conversation takes no message; undefined when it is open. */
export function closureOf(conversation: Conversation): Closure | undefined {
  const sentence = unanswerable(conversation);
  if (sentence !== undefined) return { kind: "unanswerable", sentence };
  if (conversation.optedOutAt === null) return undefined;
  return {
    kind: "opted-out",
    sentence: "This person has opted out. They must text START before you can write to them again.",
  };
}

function unanswerable({ twilioNumber, target }: Pair): string | undefined {
  const kind = kindOf(target);
  if (kind === "senderName")
    return `“${target}” is a sender's name, not a number: nobody can be answered there.`;
  if (kind === "shortCode")
    return `${target} is a short code, which takes no texts from other people's numbers.`;
  if (kind === "masked")
    return "Twilio has removed this person's number from its log, so they cannot be answered from here.";
  return offChannel(twilioNumber, target);
}

function offChannel(twilioNumber: string, target: string): string | undefined {
  const [from, to] = [channelOf(twilioNumber), channelOf(target)];
  if (from === to) return undefined;
  const name = to === telephone ? "the telephone network" : to;
  return `This person is on ${name}, which ${twilioNumber} does not reach.`;
}
