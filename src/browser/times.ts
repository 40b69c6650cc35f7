// The server tells times in UTC; here they become the reader's own.
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const weekdayLong = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

const minute = 60_000;

export function startTimes(): void {
  document.addEventListener("turbo:load", () => localise(document));
  document.addEventListener("turbo:render", () => localise(document));
  document.addEventListener("turbo:before-render", (event) =>
    localise((event as CustomEvent<{ newBody: HTMLElement }>).detail.newBody),
  );
  document.addEventListener("turbo:before-stream-render", (event) => {
    const { newStream } = (event as CustomEvent<{ newStream: { templateElement?: HTMLTemplateElement } }>)
      .detail;
    if (newStream.templateElement) localise(newStream.templateElement.content);
  });
  setInterval(() => localise(document), minute);
}

export function localise(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const at = new Date(time.dateTime);
    const text = styles[time.dataset.style ?? "exact"]?.(at) ?? full.format(at);
    if (time.textContent !== text) time.textContent = text;
    time.title = full.format(at);
  }
}

const styles: Record<string, (at: Date) => string> = {
  exact: (at) => (isToday(at) ? clock.format(at) : `${dateOf(at)}, ${clock.format(at)}`),
  date: (at) => `${dayAndYear.format(at)}, ${clock.format(at)}`,
  clock: (at) => clock.format(at),
  day: dateOf,
  heading: headingOf,
  short(at) {
    const age = Date.now() - at.getTime();
    if (age < minute) return "now";
    if (age < 60 * minute) return `${Math.floor(age / minute)} min`;
    if (isToday(at)) return clock.format(at);
    return age < 6 * 24 * 60 * minute ? weekday.format(at) : dateOf(at);
  },
};

function headingOf(at: Date): string {
  if (isToday(at)) return "Today";
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (at.toDateString() === yesterday.toDateString()) return "Yesterday";
  return `${weekdayLong.format(at)}, ${dateOf(at)}`;
}

function dateOf(at: Date): string {
  return at.getFullYear() === new Date().getFullYear() ? day.format(at) : dayAndYear.format(at);
}

function isToday(at: Date): boolean {
  return at.toDateString() === new Date().toDateString();
}
