import { visit } from "@hotwired/turbo";
import { keepGrown } from "./growing.ts";

const pauseMs = 250;
let wanted = false;
let submitting = false;
let visiting = false;
let refreshing = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Draws the page again in place, but never in the middle of what a person is doing: a refresh would cancel their form or visit. */
export function startRefreshing(): void {
  document.addEventListener("turbo:submit-start", () => (submitting = true));
  document.addEventListener("turbo:submit-end", () => (submitting = false));
  document.addEventListener("turbo:visit", () => {
    visiting = true;
    // Nobody asked for a redrawing in place, so nobody has to be told that the page is busy.
    if (refreshing) document.documentElement.removeAttribute("aria-busy");
  });
  document.addEventListener("turbo:load", () => (visiting = refreshing = false));
  document.addEventListener("turbo:before-render", (event) => {
    if (refreshing) keepGrown((event as CustomEvent<{ newBody: HTMLElement }>).detail.newBody);
  });
  document.addEventListener("turbo:before-morph-element", keepWhatIsNew);
  document.addEventListener("parley:updated", () => {
    if (document.querySelector("[data-awaits]")) refreshPage();
  });
  document.addEventListener("close", soon, { capture: true });
  for (const event of ["turbo:submit-end", "turbo:load"]) document.addEventListener(event, soon);
  // Turbo leaves the half-read answer of a visit that another has replaced to nobody; it is not an error.
  window.addEventListener("unhandledrejection", (event) => {
    if ((event.reason as Error | undefined)?.name === "AbortError") event.preventDefault();
  });
}

export function refreshPage(): void {
  wanted = true;
  soon();
}

// The page as the server draws it again knows neither what was just said here nor what is just being sent.
function keepWhatIsNew(event: Event): void {
  const { id, dataset } = event.target as HTMLElement;
  const isNew = id === "alerts" || id === "new-messages" || dataset.optimistic !== undefined;
  if (refreshing && isNew) event.preventDefault();
}

function soon(): void {
  clearTimeout(timer);
  if (wanted) timer = setTimeout(refresh, pauseMs);
}

function refresh(): void {
  if (submitting || visiting || document.querySelector("dialog[open]")) return;
  wanted = false;
  refreshing = true;
  visit(location.href, { action: "replace" });
}
