// The server tells times in UTC; here they become the reader's own.
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const second = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export function startTimes(): void {
  document.addEventListener("turbo:load", () => localise(document));
  // Before it is shown, so that nothing flickers.
  document.addEventListener("turbo:before-render", (event) =>
    localise((event as CustomEvent<{ newBody: HTMLElement }>).detail.newBody),
  );
  localise(document);
}

function localise(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-style]")) {
    const at = new Date(time.dateTime);
    time.textContent = (styles[time.dataset.style ?? ""] ?? exact)(at);
    time.title = full.format(at);
  }
}

const styles: Record<string, (at: Date) => string> = {
  exact,
  short: (at) => (isToday(at) ? clock.format(at) : day.format(at)),
  second: (at) => second.format(at),
};

function exact(at: Date): string {
  return isToday(at) ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

function isToday(at: Date): boolean {
  return at.toDateString() === new Date().toDateString();
}
