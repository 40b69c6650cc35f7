/** How names are compared, in both engines alike: by itself SQLite knows only ASCII's capitals. */
export function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
