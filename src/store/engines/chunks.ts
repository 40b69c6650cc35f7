/** Pieces that one statement takes: both engines bound the number of its parameters. */
export function* chunks<T>(items: T[], size = 200): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
