import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from "libphonenumber-js/max";

const internationalPrefix = /^[\s(]*(?:\+|00[\s().-]*(?=[1-9]))[\s)]*/;
// Mobile numbers had a 1 there until 2019, and WhatsApp still writes it.
const formerMexican = /^\+52[\s().-]*1[\s().-]*(?=(?:\d[\s().-]*){10}$)/;
const shortCodeDigits = 6;
// E.164 has 15 digits at most, but a few national plans that libphonenumber knows have more.
const e164 = /^\+[1-9]\d{5,14}$/;

/** A number as a person writes it, in E.164; without + or 00 it is read in the given country. Undefined when it is not a valid number, or a short code. */
export function parsePhoneNumber(text: string, country?: string): string | undefined {
  const plain = alone(withoutPasteMarks(text))
    .replace(internationalPrefix, "+")
    .replace(formerMexican, "+52 ");
  const number = parsePhoneNumberFromString(plain, {
    defaultCountry: country as CountryCode | undefined,
    extract: false,
  });
  if (!number?.isValid() || number.ext || isShortCode(plain, number)) return undefined;
  return e164.test(number.number) ? number.number : undefined;
}

/** The digits of a valid number as it may be written: with its country code, from within its country, and without either prefix. */
export function writtenForms(text: string, country?: string): string[] {
  const number = parsePhoneNumberFromString(parsePhoneNumber(text, country) ?? "");
  if (!number) return [];
  const forms = [number.number, number.formatNational(), number.nationalNumber];
  return [...new Set(forms.map((form) => form.replace(/\D/g, "")))];
}

/** The country of an E.164 number, ISO 3166 alpha-2; undefined for short codes, senders by name and satellite numbers. */
export function countryOf(phoneNumber: string): string | undefined {
  return parsePhoneNumberFromString(phoneNumber)?.country;
}

// As address books and links have it: "Anna <+1 501 …>", "sms:+1501…?body=", "+1 501 … (mobile)".
function alone(text: string): string {
  const [, bracketed = text] = /^[^<>]*<([^<>]*)>\s*$/.exec(text) ?? [];
  return bracketed
    .replace(/^\s*(?:tel|sms|smsto):/i, "")
    .replace(/\?body=.*$/i, "")
    .replace(/\(\s*\p{L}+\s*\)\s*$/u, "");
}

// Pasted text brings invisible marks of direction and width, and other scripts' plus signs and digits.
function withoutPasteMarks(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Cc}/gu, " ");
}

// In a few countries five digits are also a landline, but people who type them mean a short code.
function isShortCode(plain: string, { nationalNumber }: PhoneNumber): boolean {
  return !plain.startsWith("+") && nationalNumber.length <= shortCodeDigits;
}
