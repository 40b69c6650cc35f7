/** A form with data-dialog opens that dialog instead of asking the server for the page that shows it. */
export function startDialogs(): void {
  document.addEventListener("submit", openInstead, { capture: true });
  document.addEventListener("click", close);
  document.addEventListener("turbo:before-fetch-response", closeAnswered);
  document.addEventListener("turbo:before-morph-element", keepInUse);
  document.addEventListener("turbo:load", makeModal);
  document.addEventListener("turbo:render", makeModal);
  makeModal();
}

function openInstead(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const dialog = document.getElementById(form.dataset.dialog ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.showModal();
}

function close(event: MouseEvent): void {
  const dialog = (event.target as Element).closest("[data-close]")?.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
}

// What the server answered is on the page behind; without an answer the dialog stays, with what was typed.
function closeAnswered(event: Event): void {
  (event.target as Element).closest("dialog")?.close();
}

/** A dialog that the server has opened becomes a modal one, with a backdrop and its focus inside. */
function makeModal(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]")) {
    delete dialog.dataset.open;
    dialog.close();
    dialog.showModal();
  }
}

// A page refreshed in place leaves alone what somebody is using: an open dialog or menu, and the text being typed.
function keepInUse(event: Event): void {
  if ((event.target as Element).matches("dialog[open], details[open], [data-composer]"))
    event.preventDefault();
}
