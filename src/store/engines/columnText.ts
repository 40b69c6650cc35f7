/** PostgreSQL has no way to store U+0000. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** How names are compared, in both engines alike: by itself SQLite knows only ASCII's capitals. */
export function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
