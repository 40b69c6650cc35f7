import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxMessage } from "./resources.ts";

interface MessagePrices {
  /** US dollars for each segment. */
  outbound: number;
  inbound: number;
}

// Plausible figures only; real ones are on Twilio's pricing page.
const prices: Record<string, MessagePrices> = {
  US: { outbound: 0.0083, inbound: 0.0083 },
  CA: { outbound: 0.0083, inbound: 0.0083 },
  GB: { outbound: 0.0524, inbound: 0.0075 },
  DE: { outbound: 0.1125, inbound: 0.0075 },
  FR: { outbound: 0.0798, inbound: 0.0075 },
};
const elsewhere: MessagePrices = { outbound: 0.075, inbound: 0.0075 };
const perPicture: MessagePrices = { outbound: 0.022, inbound: 0.0165 };

export function messagePrices(country: string): MessagePrices {
  return prices[country] ?? elsewhere;
}

/** What a message costs, as Twilio writes it: a negative amount with five decimals. */
export function priceOf({ to, direction, numSegments, numMedia, status }: SandboxMessage): string | null {
  if (status === "failed" || status === "canceled") return null;
  const way = direction === "inbound" ? "inbound" : "outbound";
  const each = messagePrices(countryOf(to))[way];
  return (-(numMedia > 0 ? perPicture[way] : each * numSegments)).toFixed(5);
}

const countries = new Map<string, string>();
const mostKept = 10_000;

// Reading a number takes longer than all the rest, and histories have the same ones over and over.
function countryOf(phoneNumber: string): string {
  const known = countries.get(phoneNumber) ?? parsePhoneNumberFromString(phoneNumber)?.country ?? "US";
  if (countries.size >= mostKept) countries.clear();
  countries.set(phoneNumber, known);
  return known;
}
