import { renderStreamMessage } from "@hotwired/turbo";
import { paths } from "../helpers/paths.ts";
import { turboStreamType } from "../helpers/turboStream.ts";
import { accountShown } from "./drafts.ts";
import { refreshPage } from "./refresh.ts";

// Browsers open six HTTP/1.1 connections to a host at most, so one tab holds the stream and passes it on to the others.
const retryMs = 1_000;
const longestRetryMs = 15_000;
const noticeAfterMs = 2_000;
const catchUpAttempts = 5;

interface Update {
  html: string;
  cursor: number;
}
type News = { update: Update } | { broken: boolean };

/** Everything up to this event has been applied to this tab's page. */
let applied = 0;
/** The account whose stream this tab follows. */
let followed: string | undefined;
let notice: ReturnType<typeof setTimeout> | undefined;

export function startLive(): void {
  document.addEventListener("turbo:load", pageShown);
  document.addEventListener("turbo:render", pageShown);
}

function pageShown(): void {
  const shown = cursorOfPage();
  if (shown === undefined) return;
  if (shown >= applied) applied = shown;
  // The stream was ahead of the page that the server drew, so the page lacks what came in between.
  else void catchUp(shown);
  if (followed === undefined) startFollowing((followed = accountShown()));
  // Somebody signed in to another account in this tab.
  else if (followed !== accountShown()) location.reload();
}

// Each account has a stream of its own: a browser may be signed in to another one a moment later.
function startFollowing(account: string): void {
  const name = `parley-live ${account}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  // Only pages from https or localhost have locks. Without, every tab holds a stream of its own.
  if (!("locks" in navigator)) return void lead(channel);
  void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) return lead(channel);
    void catchUp(applied);
    return undefined;
  });
  void navigator.locks.request(name, () => lead(channel));
}

function cursorOfPage(): number | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="live-cursor"]');
  return meta ? Number(meta.content) : undefined;
}

function hear(news: News): void {
  if ("broken" in news) return showBroken(news.broken);
  apply(news.update);
}

function apply({ html, cursor }: Update): void {
  if (cursor <= applied && html !== "") return;
  applied = Math.max(applied, cursor);
  render(html);
}

function render(html: string): void {
  if (html === "") return;
  renderStreamMessage(html);
  requestAnimationFrame(() => document.dispatchEvent(new Event("parley:updated")));
}

/** Asks for what this page lacks. What the stream has brought meanwhile is newer than the answer, so it is asked again then. */
async function catchUp(after: number): Promise<void> {
  for (let attempt = 0; attempt < catchUpAttempts; attempt += 1) {
    const missed = await missedSince(after);
    if (missed === undefined) return;
    if (missed.cursor < applied) continue;
    applied = missed.cursor;
    return render(missed.html);
  }
  refreshPage();
}

async function missedSince(after: number): Promise<Update | undefined> {
  const answer = await fetch(paths.eventsAfter(after), {
    redirect: "manual",
    headers: { Accept: turboStreamType },
  }).catch(() => undefined);
  // Signed out meanwhile: the sign-in page leads back here.
  if (answer?.type === "opaqueredirect") location.reload();
  if (!answer?.ok) return undefined;
  return { html: await answer.text(), cursor: Number(answer.headers.get("X-Cursor")) };
}

/** Holds the stream for all tabs, for as long as this tab lives. */
async function lead(channel: BroadcastChannel): Promise<never> {
  for (let wait = retryMs; ; wait = Math.min(wait * 2, longestRetryMs)) {
    const end = await follow(channel);
    if (end === "dismissed") return new Promise(() => showBroken(true));
    if (end === "broken") wait = retryMs;
    tell(channel, { broken: true });
    // Not all at once after the server was away.
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    // For all tabs: every one of them has missed the same.
    const missed = await missedSince(applied);
    if (missed) tell(channel, { update: missed });
  }
}

/** Resolves when the stream has ended: it never opened, it broke, or the server has too many of this browser's. */
function follow(channel: BroadcastChannel): Promise<"closed" | "broken" | "dismissed"> {
  return new Promise((resolve) => {
    let opened = false;
    const source = new EventSource(paths.eventsAfter(applied));
    source.onopen = () => {
      opened = true;
      tell(channel, { broken: false });
    };
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      tell(channel, { update: { html: data, cursor: Number(lastEventId) } });
    };
    source.addEventListener("dismissed", () => {
      source.close();
      resolve("dismissed");
    });
    source.onerror = () => {
      source.close();
      resolve(opened ? "broken" : "closed");
    };
  });
}

function tell(channel: BroadcastChannel, news: News): void {
  channel.postMessage(news);
  hear(news);
}

// A short break is nobody's business.
function showBroken(broken: boolean): void {
  clearTimeout(notice);
  const line = () => document.getElementById("connection");
  if (!broken) line()?.setAttribute("hidden", "");
  else notice = setTimeout(() => line()?.removeAttribute("hidden"), noticeAfterMs);
}
