import { Invalid } from "../errors.ts";
import type { Message } from "../types.ts";
import { maxBody } from "./segments.ts";
import type { Draft } from "./store.ts";

/** Throws Invalid for what Twilio would not take. */
export function requireText(body: string): void {
  if (body.trim() === "") throw new Invalid("Type a message first.");
  if (body.length > maxBody) {
    const count = body.length.toLocaleString("en");
    throw new Invalid(
      `A text has at most 1,600 characters; this one has ${count}. Shorten it or send it in parts.`,
    );
  }
}

/** Whether the message is what was written. */
export function isSameText(message: Message, { body, twilioNumber, target }: Draft): boolean {
  return message.body === body && message.twilioNumber === twilioNumber && message.target === target;
}
