import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";

/** A number as a person writes it, in E.164; without + it is read in the given country. Undefined when it is not a valid number. */
export function parsePhoneNumber(text: string, country?: string): string | undefined {
  // Pasted text brings invisible marks of direction and width.
  const plain = text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cc}]/gu, "")
    .replace(/^\s*(tel:)?\s*(00(?=[1-9]))?/i, (start) => (start.includes("00") ? "+" : ""));
  const number = parsePhoneNumberFromString(plain, {
    defaultCountry: country as CountryCode | undefined,
    extract: false,
  });
  return number?.isValid() && !number.ext ? number.number : undefined;
}

/** The country of an E.164 number, ISO 3166 alpha-2; undefined for short codes, senders by name and satellite numbers. */
export function countryOf(phoneNumber: string): string | undefined {
  return parsePhoneNumberFromString(phoneNumber)?.country;
}
