/** A count that fits its badge: "99+" from a hundred on. */
export function badgeCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
