import { NotFound } from "../errors.ts";
import type { Store } from "../ports.ts";

/** Throws NotFound unless the account owns the number, or has texted under it: a number it had once, a short code, a name. */
export async function requireSender(store: Store, accountSid: string, twilioNumber: string): Promise<void> {
  const numbers = await store.numbers.list(accountSid);
  if (numbers.length === 0 || numbers.some(({ phoneNumber }) => phoneNumber === twilioNumber)) return;
  if (await store.conversations.newest(accountSid, twilioNumber)) return;
  throw new NotFound("This account has no such Twilio number.");
}
