import { groupedNumbersOf, wordsOf, type Phrase, type Word } from "../words.ts";
import type { SearchQuery } from "./searchQuery.ts";

/** A piece of a text that a search has found. */
export interface ExcerptPart {
  text: string;
  /** It is what was looked for. */
  isMatch: boolean;
}

const longest = 160;
const before = 40;

/** The part of the text around the first match, with all matches in it apart. Cut between signs, with … where it goes on. */
export function excerptOf(text: string, { all }: Pick<SearchQuery, "all">): ExcerptPart[] {
  const matches = matchesOf(text, all.flat());
  const start = startOf(text, matches[0]?.start ?? 0);
  const end = endOf(text, start);
  const parts: ExcerptPart[] = [];
  let at = start;
  const push = (until: number, isMatch: boolean) => {
    if (until > at) parts.push({ text: text.slice(at, until), isMatch });
    at = Math.max(at, until);
  };
  for (const match of matches.filter((each) => each.start >= start && each.end <= end)) {
    push(match.start, false);
    push(match.end, true);
  }
  push(end, false);
  if (start > 0) parts.unshift({ text: "…", isMatch: false });
  if (end < text.length) parts.push({ text: "…", isMatch: false });
  return parts;
}

function matchesOf(text: string, phrases: Phrase[]): Pick<Word, "start" | "end">[] {
  const words = wordsOf(text);
  const numbers = groupedNumbersOf(text);
  const found = phrases.flatMap((phrase) => [...occurrences(words, phrase), ...occurrences(numbers, phrase)]);
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function occurrences(words: Word[], { words: wanted, isPrefix }: Phrase): Pick<Word, "start" | "end">[] {
  const last = wanted.length - 1;
  const isHere = (from: number) =>
    wanted.every((word, index) => {
      const own = words[from + index]?.word;
      return own === word || (isPrefix && index === last && own?.startsWith(word));
    });
  return words.flatMap(({ start }, index) =>
    isHere(index) ? [{ start, end: words[index + last]?.end ?? start }] : [],
  );
}

function startOf(text: string, match: number): number {
  if (text.length <= longest || match <= before) return 0;
  const space = text.indexOf(" ", match - before);
  const start = space === -1 || space >= match ? match - before : space + 1;
  return isInsideSign(text, start) ? start - 1 : start;
}

function endOf(text: string, start: number): number {
  if (text.length - start <= longest) return text.length;
  const end = start + longest;
  return isInsideSign(text, end) ? end - 1 : end;
}

function isInsideSign(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
