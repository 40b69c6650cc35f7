import "@hotwired/turbo";

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || event.key !== "Enter" || event.shiftKey || event.isComposing)
    return;
  event.preventDefault();
  if (field.value.trim() !== "") field.form?.requestSubmit();
});

// The field outlives page refreshes, so it is emptied by hand.
document.addEventListener("turbo:submit-start", (event) => {
  const field = (event.target as HTMLFormElement).elements.namedItem("body");
  if (field instanceof HTMLTextAreaElement) field.value = "";
});
