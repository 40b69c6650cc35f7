import type { Message, Pair } from "../models/types.ts";

/** What the browser fills in and shows until the server has drawn the real one. */
export function pendingMessage({ twilioNumber, target }: Pair): Message {
  const nothing = { sid: null, errorCode: null, errorMessage: null, numMedia: 0, serviceSid: null };
  const plain = { optOut: null, redacted: false };
  return {
    id: "new",
    twilioNumber,
    target,
    direction: "outbound",
    body: "",
    status: "pending",
    at: new Date(),
    ...nothing,
    ...plain,
  };
}
