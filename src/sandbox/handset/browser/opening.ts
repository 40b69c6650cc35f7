const popovers = ".attach[open], .rename[open]";

/** What a person has opened stays open when the page is drawn again; Escape and a click elsewhere close what lies on top. */
export function startOpening(): void {
  document.addEventListener("turbo:before-morph-attribute", (event) => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
    if (event.target instanceof HTMLDetailsElement && attributeName === "open") event.preventDefault();
  });
  // What is wrong in a closed part could not be pointed at.
  document.addEventListener(
    "invalid",
    ({ target }) => (target as Element).closest("details")?.setAttribute("open", ""),
    { capture: true },
  );
  document.addEventListener("click", ({ target }) => {
    for (const popover of document.querySelectorAll(popovers))
      if (!popover.contains(target as Node)) popover.removeAttribute("open");
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const popover of document.querySelectorAll(popovers)) close(popover);
  });
}

function close(popover: Element): void {
  const focused = popover.contains(document.activeElement);
  popover.removeAttribute("open");
  if (focused) popover.querySelector("summary")?.focus();
}
