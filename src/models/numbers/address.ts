/** What carries a text: the telephone network, or one of Twilio's other channels by the prefix of its addresses. */
export type Channel = string;

export const telephone: Channel = "sms";

const prefixed = /^([a-z]+):(.+)$/i;
const masked = /^[^:]*X{4}$/;
const phoneNumber = /^\+[1-9]\d{5,14}$/;
const shortCode = /^\d{3,8}$/;

/** "sms" for phone numbers, short codes and senders by name; otherwise the prefix, e.g. "whatsapp" or "rcs". */
export function channelOf(address: string): Channel {
  return prefixed.exec(address)?.[1]?.toLowerCase() ?? telephone;
}

/** Who stands behind an address: the same for a person's number on every channel. */
export function personOf(address: string): string {
  return prefixed.exec(address)?.[2] ?? address;
}

/** A phone number's address on the channel of this Twilio number. */
export function onChannelOf(twilioNumber: string, number: string): string {
  const channel = channelOf(twilioNumber);
  return channel === telephone ? number : `${channel}:${number}`;
}

/** Twilio's redaction replaces the last four digits by XXXX: nobody can be reached by what is left. */
export function isMasked(address: string): boolean {
  return masked.test(address);
}

export type AddressKind = "phoneNumber" | "shortCode" | "senderName" | "masked" | "channel";

/** What can be done with an address: only phone numbers and addresses of other channels can be answered. */
export function kindOf(address: string): AddressKind {
  if (isMasked(address)) return "masked";
  if (channelOf(address) !== telephone) return "channel";
  if (phoneNumber.test(address)) return "phoneNumber";
  return shortCode.test(address) ? "shortCode" : "senderName";
}
