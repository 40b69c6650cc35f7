/** For work that nobody waits for: what goes wrong in it is shown and ends nothing. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error(error));
}
