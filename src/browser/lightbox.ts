/** One picture in front of everything, with the other ones of the thread beside it. */
export class Lightbox {
  readonly #links: () => HTMLAnchorElement[];
  readonly #dialog = document.createElement("dialog");
  readonly #image = document.createElement("img");
  readonly #caption = document.createElement("p");
  readonly #download = document.createElement("a");
  readonly #previous = button("Previous picture", "chevron-left", () => this.#move(-1));
  readonly #next = button("Next picture", "chevron-right", () => this.#move(1));
  #address = "";

  /** `links` tells the pictures of the thread, as they are now. */
  constructor(links: () => HTMLAnchorElement[]) {
    this.#links = links;
    this.#dialog.className = "lightbox";
    this.#dialog.setAttribute("aria-label", "Picture");
    this.#caption.className = "lightbox__caption";
    this.#caption.setAttribute("aria-live", "polite");
    this.#download.className = "btn btn-sm";
    this.#download.textContent = "Download";
    this.#download.setAttribute("download", "");
    this.#previous.classList.add("lightbox__previous");
    this.#next.classList.add("lightbox__next");
    const bar = document.createElement("div");
    bar.className = "lightbox__bar";
    bar.append(
      this.#caption,
      this.#download,
      button("Close", "x-lg", () => this.#dialog.close()),
    );
    this.#dialog.append(bar, this.#previous, this.#image, this.#next);
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => this.#leave());
  }

  show(link: HTMLAnchorElement): void {
    document.body.append(this.#dialog);
    this.#draw(link);
    this.#dialog.showModal();
  }

  #draw(link: HTMLAnchorElement): void {
    const alt = link.querySelector("img")?.alt ?? "";
    this.#address = link.href;
    this.#image.src = link.href;
    this.#image.alt = alt;
    this.#download.href = link.href;
    const links = this.#links();
    const place = this.#place(links);
    const caption = captionOf(link) || alt;
    this.#caption.textContent = links.length > 1 ? `${caption} (${place + 1} of ${links.length})` : caption;
    // A disabled button would lose the focus, and with it the keys.
    this.#previous.ariaDisabled = String(place <= 0);
    this.#next.ariaDisabled = String(place >= links.length - 1);
  }

  #press(event: KeyboardEvent): void {
    if (event.key === "ArrowLeft") this.#move(-1);
    if (event.key === "ArrowRight") this.#move(1);
  }

  #move(step: -1 | 1): void {
    const links = this.#links();
    const link = links[this.#place(links) + step];
    if (link) this.#draw(link);
  }

  #place(links: HTMLAnchorElement[]): number {
    return links.findIndex(({ href }) => href === this.#address);
  }

  #leave(): void {
    this.#dialog.remove();
    const links = this.#links();
    links[this.#place(links)]?.focus();
  }
}

// The time beside the message is the reader's own, that of the picture's description the server's.
function captionOf(link: HTMLAnchorElement): string {
  const meta = link.closest(".message")?.querySelector(".message__meta");
  const parts = [".message__who", "time"].map((part) => meta?.querySelector(part)?.textContent ?? "");
  return parts.filter(Boolean).join(", ");
}

function button(label: string, icon: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-icon";
  made.ariaLabel = label;
  made.title = label;
  made.innerHTML = `<svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#${icon}"></use></svg>`;
  made.addEventListener("click", press);
  return made;
}
