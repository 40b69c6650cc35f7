import type { TwilioNumber } from "../models/types.ts";
import { displayPhoneNumber } from "./phoneNumbers.ts";

/** "Shop", or its number when it has no name of its own. */
export function senderLabel(numbers: readonly TwilioNumber[], twilioNumber: string): string {
  return senderName(numbers, twilioNumber).split(" · ")[0] ?? "";
}

/** "Shop · +1 501 443 4496": what a text leaves from, by its name when it has one of its own. */
export function senderName(numbers: readonly TwilioNumber[], twilioNumber: string): string {
  const name = numbers.find(({ phoneNumber }) => phoneNumber === twilioNumber)?.friendlyName ?? "";
  const shown = displayPhoneNumber(twilioNumber);
  const digits = (text: string) => text.replace(/\D/g, "");
  const isOwn = name !== "" && !(digits(name).length > 6 && digits(twilioNumber).endsWith(digits(name)));
  return isOwn ? `${name} · ${shown}` : shown;
}
