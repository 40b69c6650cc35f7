import { NotFound } from "../errors.ts";
import type { NumberStore } from "../numbers/store.ts";
import type { ConversationStore } from "./store.ts";

export interface SenderStores {
  numbers: NumberStore;
  conversations: ConversationStore;
}

/**
 * Throws NotFound unless the account owns the number, or has texted under it: a number it had once, a short code, a
 * name. While the list of numbers could not be read, everything is let through: Twilio says no where it must.
 */
export async function requireSender(
  store: SenderStores,
  accountSid: string,
  twilioNumber: string,
): Promise<void> {
  const numbers = await store.numbers.list(accountSid);
  if (numbers.length === 0 || numbers.some(({ phoneNumber }) => phoneNumber === twilioNumber)) return;
  if (await store.conversations.newest(accountSid, twilioNumber)) return;
  throw new NotFound("This account has no such Twilio number.");
}
