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
  if (text === "") sessionStorage.removeItem(keyOf(action));
  else sessionStorage.setItem(keyOf(action), text);
}

/** Puts what was typed before into the composer, if that is empty. */
export function restoreDraft(): void {
  // Whoever logs out leaves nothing; whose session ended by itself finds their text again.
  if (new URLSearchParams(location.search).get("from")) return sessionStorage.clear();
  const field = document.querySelector<HTMLTextAreaElement>("[data-composer] textarea");
  if (!field || field.value !== "") return;
  field.value = sessionStorage.getItem(keyOf(field.form?.action ?? "")) ?? "";
  if (field.value !== "") field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Another account in the same tab may have the same two numbers.
function keyOf(action: string): string {
  // Editing a text that failed leaves alone what was being written.
  const edited = new URLSearchParams(location.search).get("edit") ?? "";
  return `${prefix}${accountShown()} ${new URL(action, location.href).pathname} ${edited}`.trimEnd();
}

/** The SID of the account whose page this is; empty on a page of nobody's. */
export function accountShown(): string {
  return document.querySelector<HTMLElement>(".bar__account")?.title ?? "";
}
