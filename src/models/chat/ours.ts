import type { Message } from "../types.ts";
import { isInFlight } from "./messageStatus.ts";
import type { Told } from "./told.ts";

// Twilio's times are whole seconds, and its clock is known to us within one or two.
const clockSlackMs = 15_000;

/** Whether an outbound message of the log may be this one of ours, which has no SID yet: same ends, same words, not older. */
export function mayBeOurs(message: Message, logged: Told): boolean {
  return (
    logged.direction === "outbound" &&
    message.sid === null &&
    (isInFlight(message.status) || message.status === "unconfirmed") &&
    message.twilioNumber === logged.twilioNumber &&
    message.target === logged.target &&
    message.body === logged.body &&
    (logged.at === null || logged.at >= soonest(message))
  );
}

/** The earliest time that Twilio's log may give to this message of ours. */
export function soonest(message: Pick<Message, "at">): Date {
  return new Date(message.at.getTime() - clockSlackMs);
}
