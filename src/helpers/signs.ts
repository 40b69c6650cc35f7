const signs = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first sign as a person sees it: a letter with its accents, a flag, a family; undefined of an empty text. */
export function firstSign(text: string): string | undefined {
  for (const { segment } of signs.segment(text.trimStart().slice(0, 40))) return segment;
  return undefined;
}

/** The beginning of a text, cut between signs; counted as JavaScript counts, since it is for a line that is cut anyway. */
export function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let end = 0;
  for (const { index } of signs.segment(text.slice(0, longest + 40))) {
    if (index > longest) break;
    end = index;
  }
  return text.slice(0, end);
}
