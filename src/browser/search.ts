import { renderStreamMessage } from "@hotwired/turbo";
import { turboStreamType } from "../helpers/turboStream.ts";

const pauseMs = 150;
const againMs = 700;
const longestMs = 15_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

/** Finds while somebody types, in place of the list; / and Ctrl+K lead to the field. */
export function startSearch(): void {
  document.addEventListener("input", ({ target }) => {
    if (!isSearchField(target)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void search(target), pauseMs);
  });
  document.addEventListener("keydown", focusField);
  document.addEventListener("turbo:load", prepare);
}

function prepare(): void {
  const ahead = document.querySelector<HTMLInputElement>("[data-search] [name=ahead]");
  if (ahead) ahead.value = minutesAhead();
  document.querySelector(".message--found")?.scrollIntoView({ block: "center" });
}

async function search(field: HTMLInputElement): Promise<void> {
  asking?.abort();
  const typed = field.value.trim();
  if (typed === "") return show(typed);
  asking = new AbortController();
  const { signal } = asking;
  const address = `${field.form?.dataset.search}?${new URLSearchParams({ q: typed, ahead: minutesAhead() })}`;
  const part = await partAt(address, signal).catch(() => undefined);
  if (signal.aborted) return;
  // As a page it can say what is wrong.
  if (part === undefined) return field.form?.requestSubmit();
  if (part === "later") timer = setTimeout(() => void search(field), againMs);
  else renderStreamMessage(part);
  show(typed);
}

/** The results to be drawn, `later` when others go first, or undefined. */
async function partAt(address: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await fetch(address, {
    headers: { Accept: turboStreamType },
    signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
  });
  if (answer.status === 429) return "later";
  const isPart = answer.ok && answer.headers.get("content-type")?.startsWith(turboStreamType);
  return isPart ? answer.text() : undefined;
}

function show(typed: string): void {
  document.getElementById("target-list")?.toggleAttribute("hidden", typed !== "");
  if (typed !== "") return;
  document.getElementById("search-results")?.replaceChildren();
  document.getElementById("search-status")?.replaceChildren();
}

function focusField(event: KeyboardEvent): void {
  const isShortcut =
    (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !isTyping(event));
  const field = document.querySelector<HTMLInputElement>("[data-search] [name=q]");
  if (!isShortcut || !field?.checkVisibility()) return;
  event.preventDefault();
  field.select();
}

function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (
    ctrlKey ||
    metaKey ||
    altKey ||
    (target as Element).closest("input, textarea, select, [contenteditable]") !== null
  );
}

function isSearchField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.matches("[data-search] [name=q]");
}

function minutesAhead(): string {
  return String(-new Date().getTimezoneOffset());
}
