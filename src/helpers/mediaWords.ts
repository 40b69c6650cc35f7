const words: [pattern: RegExp, one: string, many: string][] = [
  [/^image\//, "Photo", "photos"],
  [/^video\//, "Video", "videos"],
  [/^audio\//, "Voice message", "voice messages"],
  [/^text\/vcard$/, "Contact card", "contact cards"],
];
const any = { one: "Attachment", many: "attachments" };

/** "Photo", "2 photos", "Voice message", "3 attachments": what a text without words brought, as far as the types are known. */
export function mediaWords(count: number, contentTypes: readonly string[] = []): string {
  const kinds = new Set(contentTypes.map((type) => words.find(([pattern]) => pattern.test(type)) ?? null));
  const [kind] = kinds.size === 1 && contentTypes.length === count ? kinds : [null];
  const [, one, many] = kind ?? [null, any.one, any.many];
  return count === 1 ? one : `${count} ${many}`;
}
