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
    if (target instanceof HTMLFormElement && target.matches(".composer form")) target.reset();
  });
}
