import type { SearchResults } from "../models/chat/searches.ts";

/** "2 people and 14 messages found" */
export function searchSummary({ people, messages, hasMore }: SearchResults): string {
  const parts = [
    ...(people.length > 0 ? [people.length === 1 ? "1 person" : `${people.length} people`] : []),
    ...(messages.length > 0 ? [counted(messages.length, hasMore)] : []),
  ];
  return parts.length > 0 ? `${parts.join(" and ")} found` : "Nothing found";
}

function counted(count: number, isMore: boolean): string {
  if (isMore) return `more than ${count} messages`;
  return count === 1 ? "1 message" : `${count} messages`;
}
