const largestPicture = 5_000_000;

/** Enter sends, Shift+Enter is a new line; what was sent leaves the form. */
export function startComposer(): void {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing) return;
    event.preventDefault();
    field.form?.requestSubmit();
  });
  // By now the form has been read; its fields outlive redrawing, so they are emptied by hand.
  document.addEventListener("turbo:submit-start", ({ target }) => {
    if (!(target instanceof HTMLFormElement) || !target.matches(".composer form")) return;
    target.reset();
    target.querySelector("details")?.removeAttribute("open");
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "file") checkSize(target);
  });
}

function checkSize(field: HTMLInputElement): void {
  const tooLarge = (field.files?.[0]?.size ?? 0) > largestPicture;
  field.setCustomValidity(tooLarge ? "This picture is larger than 5 MB." : "");
  field.reportValidity();
}
