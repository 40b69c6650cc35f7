import { findPhoneNumbersInText, type CountryCode } from "libphonenumber-js/max";
import { LinkifyIt } from "linkify-it";
import { countryOf } from "../models/numbers/phoneNumber.ts";

/** A piece of a text: with `href` it is a link. */
export interface TextPart {
  text: string;
  href?: string;
}

const linkify = new LinkifyIt({ fuzzyLink: true }).add("ftp:", null).add("//", null);
// A page repeats each of them twice.
const mostLinks = 50;
// Looking for links takes longer than drawing a text, and most have none.
const mayHaveLinks = /[^\s.]\.[^\s.]|@|:\/\//;

// Looking for numbers among thousands of digits takes longer than drawing the page.
const longestWithNumbers = 500;
const mayHaveNumbers = /\d[\d\s().\-/]{5,}\d/;

/**
 * A text in pieces, web and e-mail addresses apart as links to what they say; together they are the text. With
 * `hrefOfNumber` phone numbers are links, too: those without + are read in the country of `reader`'s number.
 */
export function textParts(
  text: string,
  reader?: { number: string; hrefOfNumber: (phoneNumber: string) => string },
): TextPart[] {
  const parts = mayHaveLinks.test(text) ? linkedParts(text) : [{ text }];
  if (!reader || text.length > longestWithNumbers || !mayHaveNumbers.test(text)) return parts;
  return parts.flatMap((part) => (part.href === undefined ? numberedParts(part.text, reader) : part));
}

function linkedParts(text: string): TextPart[] {
  const found = (linkify.match(text) ?? []).slice(0, mostLinks);
  return apart(
    text,
    found.map(({ index, lastIndex, url }) => ({ start: index, end: lastIndex, href: url })),
  );
}

function numberedParts(
  text: string,
  { number, hrefOfNumber }: { number: string; hrefOfNumber: (phoneNumber: string) => string },
): TextPart[] {
  const country = countryOf(number) as CountryCode | undefined;
  const found = findPhoneNumbersInText(text, country ? { defaultCountry: country } : {}).slice(0, mostLinks);
  return apart(
    text,
    found.map(({ startsAt, endsAt, number }) => ({
      ...{ start: startsAt, end: endsAt },
      href: hrefOfNumber(number.number),
    })),
  );
}

function apart(text: string, links: { start: number; end: number; href: string }[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end, href } of links) {
    if (start > at) parts.push({ text: text.slice(at, start) });
    parts.push({ text: text.slice(start, end), href });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

const emojis = new RegExp("^\\s*(?:\\p{RGI_Emoji}\\s*){1,3}$", "v");

/** One to three emoji and nothing else, which people draw large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 50 && emojis.test(text);
}
