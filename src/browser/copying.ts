const saysMs = 2_000;

/** One tap copies a code; without JavaScript there is no button. */
export function startCopying(): void {
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>("[data-copy]");
    if (button) void copy(button);
  });
  for (const event of ["turbo:load", "turbo:render", "parley:updated"])
    document.addEventListener(event, show);
}

function show(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy][hidden]")) button.hidden = false;
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const { copy: code = "" } = button.dataset;
  const label = `Copy ${code}`;
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = "Copied";
  } catch {
    // Pages on plain http may not.
    button.textContent = `Select and copy: ${code}`;
  }
  setTimeout(() => (button.textContent = label), saysMs);
}
