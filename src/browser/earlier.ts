let reading: number | undefined;

/** Earlier messages come above what somebody is reading; the browser would keep the link in view that brought them. */
export function startEarlier(): void {
  document.addEventListener("click", ({ target }) => {
    if ((target as Element).closest(".log__earlier a")) reading = log()?.scrollTop;
  });
  document.addEventListener("turbo:render", () => {
    if (reading !== undefined) log()?.scrollTo({ top: reading });
    reading = undefined;
  });
}

function log(): Element | null {
  return document.querySelector(".log");
}
