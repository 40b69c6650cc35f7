// What was typed and not sent stays with its conversation while the tab is open.
const prefix = "draft ";

export function startDrafts(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.form?.matches("[data-composer]")) keepDraft(target);
  });
  document.addEventListener("turbo:load", restore);
  restore();
}

export function keepDraft(field: HTMLTextAreaElement): void {
  if (field.value === "") sessionStorage.removeItem(keyOf(field));
  else sessionStorage.setItem(keyOf(field), field.value);
}

function restore(): void {
  // Nobody is signed in on the sign-in page, so nothing of anybody may stay.
  if (document.body.classList.contains("page--login")) return sessionStorage.clear();
  const field = document.querySelector<HTMLTextAreaElement>("[data-composer] textarea");
  if (!field || field.value !== "") return;
  field.value = sessionStorage.getItem(keyOf(field)) ?? "";
  if (field.value !== "") field.dispatchEvent(new Event("input", { bubbles: true }));
}

function keyOf(field: HTMLTextAreaElement): string {
  return prefix + (field.form?.getAttribute("action") ?? "");
}
