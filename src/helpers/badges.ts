/** A page's title with how many texts are unread in front. */
export function countedTitle(title: string, unread: ReadonlyMap<string, number>): string {
  const count = unreadTotal(unread);
  return count === "" ? title : `(${count}) ${title}`;
}

/** How many texts are unread on all numbers, as its badge tells it; empty when none are. */
export function unreadTotal(unread: ReadonlyMap<string, number>): string {
  const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
  return total > 0 ? badgeCount(total) : "";
}

/** A count that fits its badge: "99+" from a hundred on. */
export function badgeCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
