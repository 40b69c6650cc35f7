import { Lightbox } from "./lightbox.ts";

const picture = "[data-picture]";

/** A picture opens above the page; one that cannot be shown says so. */
export function startPictures(): void {
  document.addEventListener("click", open);
  // Errors do not bubble.
  document.addEventListener("error", (event) => replaceIfLost(event.target), { capture: true });
  for (const event of ["turbo:load", "turbo:render"]) document.addEventListener(event, replaceLost);
  replaceLost();
}

function open(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>(picture);
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain) return;
  event.preventDefault();
  new Lightbox(() => [...document.querySelectorAll<HTMLAnchorElement>(`.thread ${picture}`)]).show(link);
}

// Those that failed before this script ran.
function replaceLost(): void {
  for (const image of document.querySelectorAll<HTMLImageElement>(`${picture} img`))
    if (image.complete && image.naturalWidth === 0 && image.currentSrc !== "") replaceIfLost(image);
}

function replaceIfLost(target: EventTarget | null): void {
  if (!(target instanceof HTMLImageElement)) return;
  const link = target.closest<HTMLAnchorElement>(picture);
  if (!link) return;
  target.remove();
  delete link.dataset.picture;
  link.download = "";
  link.classList.add("media__picture--lost");
  link.querySelector("span")?.removeAttribute("hidden");
}
