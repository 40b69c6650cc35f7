import { LinkifyIt } from "linkify-it";

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

/** A text in pieces, web and e-mail addresses apart as links to what they say; together they are the text. */
export function textParts(text: string): TextPart[] {
  if (!mayHaveLinks.test(text)) return [{ text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url, raw } of (linkify.match(text) ?? []).slice(0, mostLinks)) {
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: raw, href: url });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const emojis = new RegExp("^\\s*(?:\\p{RGI_Emoji}\\s*){1,3}$", "v");

/** One to three emoji and nothing else, which people draw large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 50 && emojis.test(text);
}
