import { domIds } from "../helpers/domIds.ts";

// What was typed and not sent stays with its conversation while the tab is open.
const prefix = "draft ";

export function startDrafts(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.form?.matches("[data-composer]"))
      keepDraft(target.form.action, target.value);
  });
  document.addEventListener("turbo:load", restoreDraft);
  restoreDraft();
}

/** Keeps the text for the composer that posts to this address; an empty text keeps nothing. */
export function keepDraft(action: string, text: string): void {
  if (text !== "") return sessionStorage.setItem(keyOf(action), text);
  for (const key of [keyOf(action), givenBackKey(action)]) sessionStorage.removeItem(key);
}

/** Keeps a text that may have arrived after all, with the id it was sent under: sent again as it is, it is no second message. */
export function keepGivenBack(action: string, formId: string, text: string): void {
  sessionStorage.setItem(givenBackKey(action), JSON.stringify({ formId, text }));
}

/** The id that this very text was sent under before, if it came back. */
export function idGivenBack(action: string, text: string): string | undefined {
  const kept = sessionStorage.getItem(givenBackKey(action));
  const given = kept === null ? undefined : (JSON.parse(kept) as { formId: string; text: string });
  return given?.text === text ? given.formId : undefined;
}

/** Puts what was typed before into the composer, if that is empty. */
export function restoreDraft(): void {
  // Whoever logs out leaves nothing; whose session ended by itself finds their text again.
  if (new URLSearchParams(location.search).get("from")) return sessionStorage.clear();
  const field = document.querySelector<HTMLTextAreaElement>("[data-composer] textarea");
  if (!field || field.value !== "") return;
  const action = field.form?.action ?? "";
  const draft = sessionStorage.getItem(keyOf(action)) ?? "";
  const arrived = document.getElementById(domIds.message(idGivenBack(action, draft) ?? ""));
  if (arrived) return keepDraft(action, "");
  field.value = draft;
  if (field.value !== "") field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Another account in the same tab may have the same two numbers.
function keyOf(action: string): string {
  // Editing a text that failed leaves alone what was being written.
  const edited = new URLSearchParams(location.search).get("edit") ?? "";
  return `${prefix}${accountShown()} ${new URL(action, location.href).pathname} ${edited}`.trimEnd();
}

function givenBackKey(action: string): string {
  return `given back ${keyOf(action)}`;
}

/** The SID of the account whose page this is; empty on a page of nobody's. */
export function accountShown(): string {
  return document.querySelector<HTMLElement>(".bar__account")?.title ?? "";
}
