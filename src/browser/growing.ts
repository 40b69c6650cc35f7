import { renderStreamMessage, visit } from "@hotwired/turbo";
import { turboStreamType } from "../helpers/turboStream.ts";

// Lists that show one end of many items; a link beside them, marked with the list's id, brings the next.

const longestMs = 15_000;

export function startGrowing(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-more] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void follow(link);
  });
}

async function follow(link: HTMLAnchorElement): Promise<void> {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const part = await partAt(link.href).catch(() => undefined);
  if (part !== undefined) renderStreamMessage(part);
  // As a page of its own it can say what is wrong.
  else visit(link.href);
}

async function partAt(address: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(longestMs);
  const answer = await fetch(address, { headers: { Accept: turboStreamType }, signal });
  const isPart = answer.ok && answer.headers.get("content-type")?.startsWith(turboStreamType);
  return isPart ? answer.text() : undefined;
}

/** Adds to a list what its link has brought, without moving what somebody is reading. */
export function grow(list: HTMLElement, brought: DocumentFragment): void {
  const link = moreOf(list);
  const next = brought.querySelector<HTMLElement>("[data-more]");
  const items = [...brought.querySelectorAll<HTMLElement>("li[id]")].filter(({ id }) => !isShown(id));
  const hadFocus = link?.contains(document.activeElement);
  const scroller = list.closest(".log");
  // The thread is measured from its end, and would follow the link.
  const reading = scroller?.scrollTop;
  if (isNewestFirst(list)) list.append(...items);
  else list.prepend(...items);
  if (next) link?.replaceWith(next);
  else link?.remove();
  scroller?.scrollTo({ top: reading });
  const onward = next ?? (isNewestFirst(list) ? items[0] : list.closest<HTMLElement>(".log"));
  if (hadFocus) (onward?.querySelector("a") ?? onward)?.focus({ preventScroll: true });
}

/** The page as the server draws it again is as short as at first: what a list has grown by stays. */
export function keepGrown(newBody: HTMLElement, lists = "*"): void {
  for (const next of newBody.querySelectorAll<HTMLElement>("[data-more]")) {
    const fresh = newBody.querySelector<HTMLElement>(`#${next.dataset.more}`);
    const shown = fresh?.matches(lists) ? document.getElementById(fresh.id) : null;
    if (!fresh || !shown) continue;
    const kept = beyond(shown, fresh);
    if (kept.length === 0) continue;
    if (isNewestFirst(fresh)) fresh.append(...kept);
    else fresh.prepend(...kept);
    const link = moreOf(shown);
    if (link) next.replaceWith(link.cloneNode(true));
    else next.remove();
  }
}

/** Whether an item of this order lies where the list has been cut. */
export function isCutOff(list: HTMLElement, order: number): boolean {
  const [first, last] = [list.firstElementChild, list.lastElementChild] as (HTMLElement | null)[];
  if (isNewestFirst(list)) return moreOf(list) !== null && order < Number(last?.dataset.order);
  if (moreOf(list) !== null && order < Number(first?.dataset.order)) return true;
  return list.dataset.endsEarly !== undefined && order > Number(last?.dataset.order);
}

export function isNewestFirst(list: HTMLElement): boolean {
  return list.dataset.sort === "desc";
}

function beyond(shown: HTMLElement, fresh: HTMLElement): Node[] {
  const edge = (isNewestFirst(fresh) ? fresh.lastElementChild : fresh.firstElementChild) as HTMLElement;
  const order = Number(edge.dataset.order);
  const isKept = ({ id, dataset }: HTMLElement) =>
    id !== "" && Number(dataset.order) <= order && !fresh.querySelector(`#${id}`);
  return ([...shown.children] as HTMLElement[]).filter(isKept).map((item) => item.cloneNode(true));
}

function moreOf(list: HTMLElement): HTMLElement | null {
  return document.querySelector(`[data-more="${list.id}"]`);
}

function isShown(id: string): boolean {
  return document.getElementById(id) !== null;
}
