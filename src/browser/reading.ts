const pause = 250;
// So near the end the newest message is in view.
const endPx = 60;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Of the newest message that was in view. */
let seen = { thread: "", order: 0 };

/** A message that arrives in the conversation somebody looks at is read once it is in view; until then a button tells of it. */
export function startReading(): void {
  document.addEventListener("visibilitychange", soon);
  for (const event of ["parley:updated", "turbo:load", "turbo:render"])
    document.addEventListener(event, soon);
  document.addEventListener("scroll", soon, { capture: true, passive: true });
  document.addEventListener("click", jump);
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches("[data-composer]")) toEnd();
  });
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(look, pause);
}

function look(): void {
  const log = document.querySelector<HTMLElement>("main.panes .log");
  const thread = log?.querySelector<HTMLElement>("ol.thread");
  if (!log || !thread || !log.checkVisibility() || document.visibilityState !== "visible") return;
  if (seen.thread !== thread.id) seen = { thread: thread.id, order: newest(thread) };
  const isAtEnd = log.scrollTop > -endPx && thread.dataset.endsEarly === undefined;
  if (isAtEnd) {
    seen.order = newest(thread);
    void read(log);
  }
  showJump(thread, isAtEnd || log.scrollTop > -log.clientHeight / 2);
}

// What has been said since, while somebody reads further up.
function showJump(thread: HTMLElement, isNear: boolean): void {
  const button = document.querySelector<HTMLElement>("[data-jump]");
  if (!button || thread.dataset.endsEarly !== undefined) return;
  const inbound = [...thread.querySelectorAll<HTMLElement>(".message--inbound")];
  const count = inbound.filter(({ dataset }) => Number(dataset.order) > seen.order).length;
  button.hidden = isNear && count === 0;
  button.textContent = count > 0 ? `Jump to latest (${count} new)` : "Jump to latest";
}

function jump(event: MouseEvent): void {
  if ((event.target as Element).closest("[data-jump]")) toEnd();
}

// The thread is measured from its end.
function toEnd(): void {
  document.querySelector<HTMLElement>("main.panes .log")?.scrollTo({ top: 0 });
  soon();
}

function newest(thread: HTMLElement): number {
  const messages = [...thread.querySelectorAll<HTMLElement>(".message")];
  return Math.max(0, ...messages.map(({ dataset }) => Number(dataset.order)));
}

async function read(log: HTMLElement): Promise<void> {
  const unread = document.querySelector(".person a[aria-current] .count");
  if (!unread || !log.dataset.readings) return;
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  await fetch(log.dataset.readings, { method: "POST", headers: { "X-CSRF-Token": token } }).catch(
    () => undefined,
  );
}
