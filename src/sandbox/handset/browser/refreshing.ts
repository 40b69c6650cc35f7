import { visit } from "@hotwired/turbo";

const pauseMs = 100;
const noticeAfterMs = 2_000;
let latest = 0;
let busy = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let notice: ReturnType<typeof setTimeout> | undefined;
let source: EventSource | undefined;

/** Draws the page again whenever something has happened in the sandbox. */
export function startRefreshing(): void {
  for (const event of ["turbo:submit-start", "turbo:visit"])
    document.addEventListener(event, () => (busy = true));
  for (const event of ["turbo:submit-end", "turbo:load"])
    document.addEventListener(event, () => {
      busy = false;
      soon();
    });
  document.addEventListener("turbo:visit", (event) => {
    // Nobody asked for a redrawing in place, so nobody has to be told of it every few seconds.
    const { action } = (event as CustomEvent<{ action: string }>).detail;
    if (action === "replace") document.documentElement.removeAttribute("aria-busy");
  });
  // Turbo leaves the half-read answer of a visit that another has replaced to nobody; it is not an error.
  window.addEventListener("unhandledrejection", (event) => {
    if ((event.reason as Error | undefined)?.name === "AbortError") event.preventDefault();
  });
  document.addEventListener("visibilitychange", follow);
  follow();
}

// Browsers open six HTTP/1.1 connections to a host at most, so only pages that somebody sees hold one.
function follow(): void {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("/handset/events");
  source.onopen = () => showBroken(false);
  source.onerror = () => showBroken(true);
  source.onmessage = ({ data }: MessageEvent<string>) => {
    latest = Number(data);
    soon();
  };
}

// A refresh in the middle would cancel a person's own form or visit.
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!busy && seen() !== latest) visit(location.pathname + location.search, { action: "replace" });
  }, pauseMs);
}

function seen(): number {
  return Number(document.querySelector<HTMLMetaElement>('meta[name="changes"]')?.content);
}

function showBroken(broken: boolean): void {
  clearTimeout(notice);
  const line = () => document.getElementById("connection");
  if (!broken) line()?.setAttribute("hidden", "");
  else notice = setTimeout(() => line()?.removeAttribute("hidden"), noticeAfterMs);
}
