/** The one-time id of sending a failed message again: the same for the same failure, so that two clicks are one message. */
export function retryId(messageId: string): string {
  const [, tries, first] = /^retry-(\d+)-(.+)$/.exec(messageId) ?? [];
  return first ? `retry-${Number(tries) + 1}-${first}` : `retry-1-${messageId}`;
}
