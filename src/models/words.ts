/** A word of a text as searches compare it, and where in the text it stands. */
export interface Word {
  word: string;
  start: number;
  end: number;
}

/** Words that follow one another in a text; the last one, with `isPrefix`, is the beginning of a word. */
export interface Phrase {
  words: string[];
  isPrefix: boolean;
}

// What is written without spaces is found sign by sign, and a sequence of signs as a phrase. Emoji are words, too.
const alone =
  "\\p{Script=Han}|\\p{Script=Hiragana}|\\p{Script=Katakana}|\\p{Script=Thai}|\\p{Script=Lao}|\\p{Script=Khmer}|\\p{Script=Myanmar}|\\p{Extended_Pictographic}";
const words = new RegExp(`${alone}|(?:(?!${alone})[\\p{L}\\p{N}\\p{M}])+`, "gu");
const plainWords = /[a-z0-9]+/g;
const isPlain = /^[\0-\x7f]*$/;
const longest = 60;

// Signs above and below letters, of the scripts in which people leave them out.
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
const letters: Record<string, string> = {
  ...{ ß: "ss", ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ħ: "h", ŋ: "n", ς: "σ" },
  ...{ أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه" },
};
const oddLetters = new RegExp(`[${Object.keys(letters).join("")}]`, "g");

// Half a sign, say, or the stroke of a fraction.
const noWord = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/gu;

const phoneNumbers = /\+?\d[\d\s().\-/]{4,25}\d/g;

/** The words of a text in their order, without case and accents. */
export function wordsOf(text: string): Word[] {
  if (isPlain.test(text)) return [...text.toLowerCase().matchAll(plainWords)].map(wordAt);
  return [...text.matchAll(words)].map(wordAt).filter(({ word }) => word !== "");
}

/** The digits of everything in a text that may be a phone number and is written in groups. */
export function groupedNumbersOf(text: string): Word[] {
  return [...text.matchAll(phoneNumbers)]
    .map((match) => ({ ...wordAt(match), word: match[0].replace(/\D/g, "") }))
    .filter(({ word }, index, all) => word.length > 5 && word !== all[index - 1]?.word);
}

/** The text's words, as names are kept to be found. */
export function folded(text: string): string {
  return wordsOf(text)
    .map(({ word }) => word)
    .join(" ");
}

function wordAt({ 0: found, index }: RegExpExecArray): Word {
  return { word: foldedWord(found), start: index, end: index + found.length };
}

function foldedWord(word: string): string {
  if (isPlain.test(word)) return word.toLowerCase().slice(0, longest);
  return [...word.toLowerCase().normalize("NFKD").replace(accents, "").normalize("NFC")]
    .slice(0, longest)
    .join("")
    .replace(oddLetters, (letter) => letters[letter] ?? letter)
    .replace(noWord, "");
}
