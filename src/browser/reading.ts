const pause = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A message that arrives in the conversation somebody looks at is read at once. */
export function startReading(): void {
  document.addEventListener("visibilitychange", soon);
  document.addEventListener("parley:updated", soon);
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void read(), pause);
}

async function read(): Promise<void> {
  const unread = document.querySelector(".person a[aria-current] .count");
  const chat = document.querySelector<HTMLElement>("main.panes .log");
  if (!unread || !chat?.dataset.readings || !chat.checkVisibility() || document.visibilityState !== "visible")
    return;
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  await fetch(chat.dataset.readings, { method: "POST", headers: { "X-CSRF-Token": token } }).catch(
    () => undefined,
  );
}
