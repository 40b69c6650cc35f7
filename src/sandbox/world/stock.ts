import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { countries, type NumberType, type SandboxCountry } from "./countries.ts";

export interface StockNumber {
  phoneNumber: string;
  friendlyName: string;
  type: NumberType;
  country: SandboxCountry;
}

const perType = 60;
const stocks = new Map<string, StockNumber[]>();

export function countryOf(code: string): SandboxCountry | undefined {
  return countries.find((country) => country.code === code);
}

/** What a number of that kind costs in its country. */
export function offerOf(phoneNumber: string, type: NumberType): { price: string } | undefined {
  return countryOf(parsePhoneNumberFromString(phoneNumber)?.country ?? "")?.offers[type];
}

/** Plausible numbers, always the same ones, so that a search can be repeated. */
export function stockOf(country: SandboxCountry, type: NumberType): StockNumber[] {
  const key = `${country.code} ${type}`;
  const known = stocks.get(key) ?? madeUp(country, type);
  stocks.set(key, known);
  return known;
}

function madeUp(country: SandboxCountry, type: NumberType): StockNumber[] {
  const offer = country.offers[type];
  if (!offer) return [];
  const found = new Map<string, StockNumber>();
  for (let seed = 1; found.size < perType && seed < perType * 200; seed += 1) {
    const prefix = offer.prefixes[seed % offer.prefixes.length] ?? "";
    const rest = String((seed * 7_654_321 + 2_345_678) % 10 ** (offer.digits - prefix.length)).padStart(
      offer.digits - prefix.length,
      "2",
    );
    const parsed = parsePhoneNumberFromString(`+${country.callingCode}${prefix}${rest}`);
    // North America shares its toll-free numbers, which are of no country alone.
    const belongs = type === "toll_free" || parsed?.country === country.code;
    if (!parsed?.isValid() || !belongs) continue;
    found.set(parsed.number, {
      phoneNumber: parsed.number,
      friendlyName: parsed.formatNational(),
      type,
      country,
    });
  }
  return [...found.values()];
}
