const minuteOf = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const dayOf = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "14:03" today, "22 Nov, 14:03" before; in UTC until the page's script knows better. */
export function timeOf(at: Date): string {
  const today = dateOf(at) === dateOf(new Date());
  return today ? minuteOf.format(at) : `${dayOf.format(at)}, ${minuteOf.format(at)}`;
}

export function secondOf(at: Date): string {
  return at.toISOString().slice(11, 19);
}

function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
