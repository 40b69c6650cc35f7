import { isFollowed, type Line } from "../helpers/threadLines.ts";
import { localise } from "./times.ts";

/** Days apart, and under what is said at a time only one line: in the reader's own time zone, whatever comes and goes. */
export function startArranging(): void {
  const observer = new MutationObserver(arrangeAll);
  function arrangeAll(): void {
    observer.disconnect();
    for (const thread of document.querySelectorAll<HTMLElement>("ol.thread")) {
      arrange(thread);
      observer.observe(thread, { childList: true });
    }
  }
  for (const event of ["turbo:load", "turbo:render"]) document.addEventListener(event, arrangeAll);
  document.addEventListener("turbo:before-render", (event) => {
    const { newBody } = (event as CustomEvent<{ newBody: HTMLElement }>).detail;
    for (const thread of newBody.querySelectorAll<HTMLElement>("ol.thread")) arrange(thread);
  });
}

function arrange(thread: HTMLElement): void {
  const messages = [...thread.querySelectorAll<HTMLElement>(":scope > .message")];
  const lines = messages.map(lineOf);
  const shown = new Set<Element>();
  for (const [index, message] of messages.entries()) {
    const day = dayOf(lines[index]?.at);
    const startsDay = index === 0 || dayOf(lines[index - 1]?.at) !== day;
    if (startsDay) shown.add(dayBefore(message, day));
    const next = lines[index + 1];
    const isEnd = next === undefined || dayOf(next.at) !== day;
    const line = lines[index];
    message.classList.toggle("message--followed", line !== undefined && !isEnd && isFollowed(line, next));
  }
  for (const old of thread.querySelectorAll(":scope > .day")) if (!shown.has(old)) old.remove();
}

function lineOf(message: HTMLElement): Line {
  return {
    at: Number(message.dataset.order),
    direction: message.classList.contains("message--outbound") ? "outbound" : "inbound",
    isNews: message.classList.contains("message--news"),
  };
}

/** The line that is there already, so that nobody hears it a second time, or a new one. */
function dayBefore(message: HTMLElement, day: string): Element {
  for (let before = message.previousElementSibling; before; before = before.previousElementSibling) {
    if (before.classList.contains("message")) break;
    if (before instanceof HTMLElement && before.dataset.day === day) return before;
  }
  const line = document.createElement("li");
  line.className = "day";
  line.dataset.day = day;
  line.dataset.order = String(Number(message.dataset.order) - 2);
  const time = document.createElement("time");
  time.dateTime = new Date(Number(message.dataset.order)).toISOString();
  time.dataset.style = "heading";
  line.append(time);
  localise(line);
  const first = message.previousElementSibling?.matches(".new") ? message.previousElementSibling : message;
  first.before(line);
  return line;
}

function dayOf(at = 0): string {
  return new Date(at).toDateString();
}
