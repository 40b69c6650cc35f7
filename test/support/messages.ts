import type { Told } from "../../src/models/chat/told.ts";
import type { Message, Pair } from "../../src/models/types.ts";

export const pair: Pair = { twilioNumber: "+15550001111", target: "+15552223333" };

let count = 0;

/** A text that came in at a whole second, unless told otherwise. */
export function inbound(change: Partial<Told> = {}): Told {
  count += 1;
  return {
    sid: `SM${String(count).padStart(32, "0")}`,
    ...pair,
    direction: "inbound",
    body: "Hello",
    status: "received",
    errorCode: null,
    errorMessage: null,
    numMedia: 0,
    at: new Date(1e12),
    serviceSid: null,
    ...change,
  };
}

/** A message of ours as Twilio has it. */
export function outbound(change: Partial<Told> = {}): Told {
  return inbound({ direction: "outbound", status: "queued", body: "Hi", ...change });
}

/** One of ours, waiting for its turn. */
export function ours(change: Partial<Message> = {}): Message {
  return {
    id: "form-1",
    sid: null,
    ...pair,
    direction: "outbound",
    body: "Hi",
    status: "pending",
    errorCode: null,
    errorMessage: null,
    numMedia: 0,
    at: new Date(1e12),
    optOut: null,
    serviceSid: null,
    redacted: false,
    ...change,
  };
}
