/** What a person has opened stays open when the page is drawn again. */
export function startMorphing(): void {
  document.addEventListener("turbo:before-morph-attribute", (event) => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
    if (event.target instanceof HTMLDetailsElement && attributeName === "open") event.preventDefault();
  });
}
