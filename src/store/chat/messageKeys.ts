import { randomInt } from "node:crypto";

// A second has so many keys: enough for all texts of a second, and so few that the distances between keys, which an index
// of words keeps for each, are short. Those of the year 2106 fit into what JavaScript counts exactly.
const keysOfSecond = 2 ** 18;
const lastSecond = 2 ** 32 - 1;

let slot = randomInt(keysOfSecond);

/**
 * A key for a message of this time, so that later messages have greater keys. Two processes may hit on the same one,
 * which the database refuses; the next try has another.
 */
export function freshKey(at: Date): number {
  slot = (slot + 1) % keysOfSecond;
  return keyFrom(at) + slot;
}

/** The least key of a message at this time, to the second. */
export function keyFrom(at: Date): number {
  return Math.min(Math.max(Math.floor(at.getTime() / 1_000), 0), lastSecond) * keysOfSecond;
}
