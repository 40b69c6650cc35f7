/** Tells in the title how many texts nobody has read: all that is seen of a tab in the background. */
export function startTitle(): void {
  for (const event of ["turbo:load", "turbo:render", "parley:updated"])
    document.addEventListener(event, countUnread);
}

function countUnread(): void {
  const numbers = document.querySelector(".pane--numbers");
  if (!numbers) return;
  const counts = [...numbers.querySelectorAll(".count")].map(({ textContent }) => textContent.trim());
  const total = counts.reduce((sum, count) => sum + Number.parseInt(count, 10), 0);
  // "99+" is more than it says.
  const isMore = total > 99 || counts.some((count) => count.includes("+"));
  const told = isMore ? "99+" : String(total);
  for (const badge of document.querySelectorAll("[data-unread-total]"))
    badge.textContent = total > 0 ? told : "";
  const title = document.title.replace(/^\(\d+\+?\) /, "");
  document.title = total > 0 ? `(${told}) ${title}` : title;
}
