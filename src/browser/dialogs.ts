const popover = ".rename[open]";

/** A form with data-dialog opens that dialog instead of asking the server for the page that shows it. */
export function startDialogs(): void {
  document.addEventListener("submit", openInstead, { capture: true });
  document.addEventListener("click", close);
  document.addEventListener("click", closeLeftAlone);
  document.addEventListener("keydown", closeLeftAlone);
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
  const target = event.target as Element;
  target.closest("dialog")?.close();
  closePopover(target.closest(popover));
}

function closeLeftAlone(event: MouseEvent | KeyboardEvent): void {
  if (event instanceof KeyboardEvent && event.key !== "Escape") return;
  for (const open of document.querySelectorAll(popover))
    if (event instanceof KeyboardEvent || !open.contains(event.target as Node)) closePopover(open);
}

function closePopover(open: Element | null): void {
  if (!open) return;
  const focused = open.contains(document.activeElement);
  open.removeAttribute("open");
  if (focused) open.querySelector("summary")?.focus();
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
