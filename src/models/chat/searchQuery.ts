import { writtenForms } from "../numbers/phoneNumber.ts";
import { groupedNumbersOf, wordsOf, type Phrase } from "../words.ts";

/** What somebody looks for, as they typed it into the search field. */
export interface SearchQuery {
  /** One of each must be in the text. */
  all: Phrase[][];
  /** The same, but of beginnings only those that were asked for with a star. */
  precise: Phrase[][];
  none: Phrase[];
  /** Folded words that the sender's name begins with, or digits of their number; "me" for own texts. */
  from: string[];
  /** The same of the Twilio number. */
  via: string[];
  has: Trait[];
  is: State[];
  /** Sent or received before this time. */
  before?: Date;
  /** Sent or received at this time or after it. */
  after?: Date;
  /** Sentences about what was not understood. */
  faults: string[];
}

export type Trait = "picture" | "file" | "link";
export type State = "failed" | "unread";

export interface Reader {
  /** The country in which they write numbers without +, ISO 3166 alpha-2. */
  country?: string | undefined;
  /** Minutes that their clocks are ahead of UTC. */
  minutesAhead?: number | undefined;
}

const longestQuery = 500;
const mostTerms = 20;
// Each is looked up in every text that may be meant; signs written without spaces are words as well.
const mostWords = 12;
const mostNumbers = 3;
// A word's beginning that short is in too many words to mean anything.
const shortestPrefix = 3;
const term = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/giu;
const traits: Record<string, Trait> = { picture: "picture", photo: "picture", file: "file", link: "link" };
const states: Record<string, State> = { failed: "failed", unread: "unread" };

/**
 * Words and "phrases", each of which must be in the text; -word for what must not be, word* for a beginning. from:, via:,
 * has:, is:, before: and after: narrow it. The last word is found by its beginning, as it may still be being typed.
 */
export function parseSearch(typed: string, reader: Reader = {}): SearchQuery {
  const query: SearchQuery = {
    all: [],
    precise: [],
    none: [],
    from: [],
    via: [],
    has: [],
    is: [],
    faults: [],
  };
  const text = typed.slice(0, longestQuery);
  const rest = takeNumbers(text, query, reader);
  const terms = [...rest.matchAll(term)].slice(0, mostTerms);
  for (const [index, match] of terms.entries()) {
    const [, minus, operator = "", quoted, bare = ""] = match;
    const isLast = index === terms.length - 1 && /\S$/.test(rest);
    const take = takers[operator.toLowerCase()];
    if (take && !minus) take(query, quoted ?? bare, reader);
    else
      takeWords(query, {
        text: quoted ?? `${operator ? `${operator} ` : ""}${bare}`,
        isQuoted: quoted !== undefined,
        isNot: minus === "-",
        isLast,
      });
  }
  return query;
}

/** Nothing is looked for. */
export function isEmpty({ all, none, from, via, has, is, before, after }: SearchQuery): boolean {
  return [all, none, from, via, has, is].every(({ length }) => length === 0) && !before && !after;
}

// A number in groups is one thing to look for, however it is written in the text.
function takeNumbers(text: string, query: SearchQuery, { country }: Reader): string {
  let rest = text;
  for (const { start, end, word: digits } of groupedNumbersOf(text).slice(0, mostNumbers)) {
    const typed = text.slice(start, end);
    const before = text.slice(0, start);
    if (/(from|via):$/i.test(before)) rest = rest.replace(typed, `"${typed}"`);
    if (/[-:"]$/.test(before)) continue;
    const groups = wordsOf(typed).map(({ word }) => word);
    const forms = [[digits], groups, ...writtenForms(typed, country).map((form) => [form])];
    const phrases = distinct(forms).map((words) => ({ words, isPrefix: true }));
    query.all.push(phrases);
    query.precise.push(phrases);
    rest = rest.replace(typed, " ");
  }
  return rest;
}

interface Words {
  text: string;
  isQuoted: boolean;
  isNot: boolean;
  /** It may still be being typed. */
  isLast: boolean;
}

function takeWords(query: SearchQuery, { text, isQuoted, isNot, isLast }: Words): void {
  const words = wordsOf(text)
    .slice(0, mostWords)
    .map(({ word }) => word);
  const last = words.at(-1);
  if (last === undefined) return;
  const isMarked = text.endsWith("*");
  const isFree = !isQuoted && !isNot && isLast;
  const isLong = last.length >= shortestPrefix;
  const precise = { words, isPrefix: isMarked && isLong };
  if (isNot) return void query.none.push(precise);
  query.precise.push([precise]);
  query.all.push([{ words, isPrefix: (isMarked || isFree) && isLong }]);
}

const takers: Record<string, (query: SearchQuery, value: string, reader: Reader) => void> = {
  from: (query, value) => query.from.push(value),
  via: (query, value) => query.via.push(value),
  has(query, value) {
    const trait = traits[value.toLowerCase()];
    if (trait) query.has.push(trait);
    else query.faults.push(`“has:${value}” is not known: write has:picture, has:file or has:link.`);
  },
  is(query, value) {
    const state = states[value.toLowerCase()];
    if (state) query.is.push(state);
    else query.faults.push(`“is:${value}” is not known: write is:unread or is:failed.`);
  },
  before(query, value, reader) {
    takeDate(query, "before", value, reader);
  },
  after(query, value, reader) {
    takeDate(query, "after", value, reader);
  },
};

function takeDate(
  query: SearchQuery,
  bound: "before" | "after",
  value: string,
  { minutesAhead = 0 }: Reader,
): void {
  const [, year = "", month = "01", day = "01"] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(value) ?? [];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isReal = year !== "" && new Date(midnight).getUTCDate() === Number(day) && Number(month) <= 12;
  if (isReal) query[bound] = new Date(midnight - minutesAhead * 60_000);
  else query.faults.push(`“${bound}:${value}” is no date: write ${bound}:2026-11-30, or a month or year.`);
}

function distinct(forms: string[][]): string[][] {
  return [...new Map(forms.map((form) => [form.join(" "), form])).values()];
}
