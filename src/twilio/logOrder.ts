import type { TwilioMessage } from "../models/types.ts";

/** Twilio's times have whole seconds; within one the log's order, newest first, tells which came before. */
export function inOrder(messages: TwilioMessage[]): TwilioMessage[] {
  let [second, place] = [NaN, 0];
  return messages
    .toReversed()
    .map((message) => {
      if (message.at === null) return message;
      const at = message.at.getTime();
      place = at === second ? place + 1 : 0;
      second = at;
      return { ...message, at: new Date(at + Math.min(place, 999)) };
    })
    .toReversed();
}
