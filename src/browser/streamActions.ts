import { StreamActions, type StreamElement } from "@hotwired/turbo";
import { paths } from "../helpers/paths.ts";
import { grow, isCutOff, isNewestFirst } from "./growing.ts";
import { refreshPage } from "./refresh.ts";

/** What live updates can do to a page, beside Turbo's own actions. */
export function defineStreamActions(): void {
  StreamActions.place = function (this: StreamElement) {
    const list = document.getElementById(this.target);
    const item = this.templateContent.firstElementChild;
    if (list && item instanceof HTMLElement) place(list, item);
  };
  // The answer to a sent form; the live stream may have drawn a later state of the same message before it.
  StreamActions.introduce = function (this: StreamElement) {
    const list = document.getElementById(this.target);
    const item = this.templateContent.firstElementChild;
    if (!list || !(item instanceof HTMLElement)) return;
    const shown = document.getElementById(item.id);
    if (!shown || shown.dataset.optimistic !== undefined) place(list, item);
  };
  // Only when the state differs, so that what is being typed stays.
  StreamActions.swap = function (this: StreamElement) {
    const old = document.getElementById(this.target);
    const next = this.templateContent.firstElementChild;
    if (old && next instanceof HTMLElement && old.dataset.state !== next.dataset.state) old.replaceWith(next);
  };
  StreamActions.grow = function (this: StreamElement) {
    const list = document.getElementById(this.target);
    if (list) grow(list, this.templateContent);
  };
  StreamActions.renew = refreshPage;
  StreamActions.signIn = function () {
    location.replace(paths.loginThen(location.pathname + location.search, true));
  };
  StreamActions.leave = function () {
    location.replace(paths.loggedOut);
  };
}

/** Puts the item where its order belongs, in place of an older drawing of itself. */
export function place(list: HTMLElement, item: HTMLElement): void {
  const old = document.getElementById(item.id);
  keepCurrent(old, item);
  if (list.dataset.filter !== undefined && !belongs(item, old, list)) return;
  if (old?.dataset.order === item.dataset.order && old?.parentElement === list) return old?.replaceWith(item);
  const focused = old?.contains(document.activeElement);
  old?.remove();
  if (isCutOff(list, Number(item.dataset.order))) return;
  list.insertBefore(item, next(list, item));
  if (focused) item.querySelector<HTMLElement>("a, button")?.focus();
}

/** Whether a list that is filtered shows it; what somebody looks at stays. Its link leads back into this list. */
function belongs(item: HTMLElement, old: HTMLElement | null, list: HTMLElement): boolean {
  const { filter = "" } = list.dataset;
  const link = item.querySelector("a");
  const address = new URL(link?.href ?? "", location.href);
  address.searchParams.set("show", filter);
  link?.setAttribute("href", address.pathname + address.search);
  if (link?.getAttribute("aria-current")) return true;
  const isShown =
    filter === "unread" ? item.querySelector(".count") !== null : item.dataset.waiting !== undefined;
  if (!isShown) old?.remove();
  return isShown;
}

function next(list: HTMLElement, item: HTMLElement): Element | null {
  const sign = isNewestFirst(list) ? -1 : 1;
  const order = sign * Number(item.dataset.order);
  const items = [...list.children] as HTMLElement[];
  if (sign === 1)
    return (
      items.findLast((other) => Number(other.dataset.order) <= order)?.nextElementSibling ??
      (items[0] && Number(items[0].dataset.order) > order ? items[0] : null)
    );
  return items.find((other) => sign * Number(other.dataset.order) >= order) ?? null;
}

function keepCurrent(old: HTMLElement | null, item: HTMLElement): void {
  if (old?.querySelector("[aria-current]")) item.querySelector("a")?.setAttribute("aria-current", "true");
}
