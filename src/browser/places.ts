import { keepGrown } from "./growing.ts";

const prefix = "place ";

/** Whoever goes from one conversation to the next finds the list where it was, as long as it had grown, and the chosen one in it. */
export function startPlaces(): void {
  document.addEventListener(
    "scroll",
    ({ target }) => {
      if (target instanceof HTMLElement && target.matches(".pane--targets"))
        sessionStorage.setItem(keyOf(target), String(target.scrollTop));
    },
    { capture: true, passive: true },
  );
  document.addEventListener("turbo:before-render", (event) => {
    const { newBody } = (event as CustomEvent<{ newBody: HTMLElement }>).detail;
    keepGrown(newBody, "ul.people");
  });
  for (const event of ["turbo:load", "turbo:render"]) document.addEventListener(event, restore);
}

function restore(): void {
  const pane = document.querySelector<HTMLElement>(".pane--targets");
  if (!pane?.checkVisibility()) return;
  const top = sessionStorage.getItem(keyOf(pane));
  if (top !== null) pane.scrollTop = Number(top);
  pane.querySelector(".person a[aria-current]")?.scrollIntoView({ block: "nearest" });
}

// What is found and each number's list have places of their own.
function keyOf(pane: HTMLElement): string {
  const typed = pane.querySelector<HTMLInputElement>("[data-search] [name=q]")?.value ?? "";
  return `${prefix}${pane.querySelector("ul.people")?.id ?? ""} ${typed}`;
}
