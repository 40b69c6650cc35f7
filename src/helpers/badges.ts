/** A page's title with how many texts are unread in front. */
export function countedTitle(title: string, unread: ReadonlyMap<string, number>): string {
  const count = othersUnread(unread);
  return count === "" ? title : `(${count}) ${title}`;
}

/** How many texts are unread, for the way back to the list; nothing when none are. */
export function othersUnread(unread: ReadonlyMap<string, number>): string {
  const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
  return total > 0 ? badgeCount(total) : "";
}

/** A count that fits its badge: "99+" from a hundred on. */
export function badgeCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
