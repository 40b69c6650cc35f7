/** A form with data-dialog opens that dialog instead of asking the server for the page that shows it. */
export function startDialogs(): void {
  document.addEventListener("submit", openInstead, { capture: true });
  document.addEventListener("click", close);
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

/** A dialog that the server has opened becomes a modal one, with a backdrop and its focus inside. */
function makeModal(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]")) {
    delete dialog.dataset.open;
    dialog.close();
    dialog.showModal();
  }
}
