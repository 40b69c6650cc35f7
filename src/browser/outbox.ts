import { renderStreamMessage } from "@hotwired/turbo";
import { paths } from "../helpers/paths.ts";
import { turboStreamType } from "../helpers/turboStream.ts";
import { accountShown } from "./drafts.ts";

/** A text on its way from the composer to Parley, which takes each formId once. */
export interface OutgoingText {
  action: string;
  formId: string;
  text: string;
}

export type Outcome =
  | { kind: "sent" }
  /** Its page was left meanwhile: the next one sends it, should it not have arrived. */
  | { kind: "left" }
  | {
      kind: "unsent";
      /** A sentence for the person who wrote it. */
      reason: string;
      /** The page that sent it is out of date. */
      stale: boolean;
    };

// Forms after which nobody is signed in any more.
const goodbyes: string[] = [paths.logout, paths.signOut];
const longestMs = 30_000;
const longestLeaveMs = 10_000;
const underway = new Set<string>();
const waiting = new Set<OutgoingText>();
let last: Promise<unknown> = Promise.resolve();
let leaving = false;

export function startOutbox(): void {
  // Browsers give up what is under way some time between these two.
  window.addEventListener("beforeunload", leave);
  window.addEventListener("pagehide", () => {
    for (const text of waiting) void request(text).catch(() => undefined);
  });
  window.addEventListener("pageshow", stay);
  document.addEventListener("submit", waitWithLogout, { capture: true });
}

function leave(): void {
  leaving = true;
  setTimeout(stay, longestLeaveMs);
}

// Nobody went away after all, say because a link was a download.
function stay(): void {
  leaving = false;
  document.dispatchEvent(new Event("parley:stayed"));
}

/** Posts one text after the other, so that they keep the order in which they were written. */
export function post(text: OutgoingText): Promise<Outcome> {
  keep([...kept().filter(({ formId }) => formId !== text.formId), text]);
  underway.add(text.formId);
  waiting.add(text);
  const outcome = last.then(() => postNow(text));
  last = outcome;
  return outcome;
}

/** Texts of this account that a page which is gone has not seen arrive. */
export function leftOver(): OutgoingText[] {
  return kept().filter(({ formId }) => !underway.has(formId));
}

async function postNow(text: OutgoingText): Promise<Outcome> {
  const outcome: Outcome = leaving ? { kind: "left" } : await tryOnce(text);
  waiting.delete(text);
  underway.delete(text.formId);
  if (outcome.kind !== "left") keep(kept().filter(({ formId }) => formId !== text.formId));
  return outcome;
}

async function tryOnce(text: OutgoingText): Promise<Outcome> {
  waiting.delete(text);
  try {
    return await read(await request(text));
  } catch {
    if (leaving) return { kind: "left" };
    return unsent("Parley cannot be reached. Your text is still here; try again when you are back online.");
  }
}

function request({ action, formId, text }: OutgoingText): Promise<Response> {
  // The token of the page, since forms that the live stream has drawn know none.
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  return fetch(action, {
    method: "POST",
    body: new URLSearchParams({ formId, body: text }),
    headers: { Accept: `${turboStreamType}, text/html`, "X-CSRF-Token": token },
    redirect: "manual",
    // The page may be left while this is on its way.
    keepalive: true,
    signal: AbortSignal.timeout(longestMs),
  });
}

// Nobody is signed in afterwards to send for.
function waitWithLogout(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (underway.size === 0 || !goodbyes.includes(form.getAttribute("action") ?? "")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void last.then(() => form.requestSubmit());
}

function kept(): OutgoingText[] {
  return JSON.parse(sessionStorage.getItem(shelf()) ?? "[]") as OutgoingText[];
}

function keep(texts: OutgoingText[]): void {
  if (texts.length === 0) sessionStorage.removeItem(shelf());
  else sessionStorage.setItem(shelf(), JSON.stringify(texts));
}

function shelf(): string {
  return `outbox ${accountShown()}`;
}

async function read(answer: Response): Promise<Outcome> {
  if (answer.ok && answer.headers.get("content-type")?.startsWith(turboStreamType)) {
    renderStreamMessage(await answer.text());
    return { kind: "sent" };
  }
  if (answer.type === "opaqueredirect")
    return unsent("You are signed out. Your text is kept: sign in again, and send it from this page.");
  if (answer.status >= 500)
    return unsent(
      "Parley could not take your message just now. Your text is still here; try again in a moment.",
    );
  if (answer.status === 403)
    return unsent("This page had been open for too long. It is up to date now: send your text again.", true);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.querySelector('[role="alert"]')?.textContent.trim();
  return unsent(said || "Parley did not take this message. Your text is still here.");
}

function unsent(reason: string, stale = false): Outcome {
  return { kind: "unsent", reason, stale };
}
