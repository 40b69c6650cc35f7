import type { Direction } from "../models/types.ts";

/** A message, as far as its neighbours matter. */
export interface Line {
  /** Milliseconds since 1970. */
  at: number;
  direction: Direction;
  /** There is news about it that has to be read. */
  isNews: boolean;
}

const togetherMs = 5 * 60_000;

/** Whether the next one says what would be said under this one, too: it is from the same side, within minutes. */
export function isFollowed(line: Line, next: Line | undefined): boolean {
  if (next === undefined || line.isNews) return false;
  return line.direction === next.direction && next.at - line.at < togetherMs;
}
