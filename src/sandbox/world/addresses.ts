import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** An address is a phone number, on its own or on another channel than SMS: "whatsapp:+15014434496". */
export function channelOf(address: string): { channel: string; phoneNumber: string } {
  const [, channel = "", rest = ""] = /^(?:(whatsapp|rcs|messenger):)?(.*)$/s.exec(address) ?? [];
  return { channel, phoneNumber: rest };
}

/** As its country writes it, e.g. "(501) 443-4496". */
export function nationalFormat(phoneNumber: string): string {
  return parsePhoneNumberFromString(phoneNumber)?.formatNational() ?? phoneNumber;
}

/** What somebody typed as the address of who texts, without what only makes it readable; undefined for what can be none. */
export function readAddress(given: string): string | undefined {
  const { channel, phoneNumber } = channelOf(given.trim());
  const digits = phoneNumber.replace(/[\s().-]/g, "");
  if (/^\+\d{6,15}$/.test(digits)) return channel ? `${channel}:${digits}` : digits;
  if (channel) return /^[\w.-]{1,64}$/.test(phoneNumber) ? `${channel}:${phoneNumber}` : undefined;
  return isShortCode.test(digits) ? digits : isName.test(phoneNumber) ? phoneNumber : undefined;
}

const isShortCode = /^\d{3,6}$/;
const isName = /^(?=.*[A-Za-z])[A-Za-z0-9 &_-]{1,11}$/;
