import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLine } from "../support/line.ts";
import { ben, shop, shopNumber } from "../support/people.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { openBrowser, openPage, signIn } from "./browser.ts";

const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;

let parley: Parley;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  const tuning = { quickPollMs: 200, patience: { stuckMs: 60_000, indexLagMs: 60_000 } };
  [parley, browser] = await Promise.all([startParley({ tuning, publicUrl: "none" }), openBrowser()]);
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Before" });
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});

const text = (body: string) => parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body });
const region = (page: Page) => page.getByRole("region", { name: "Target numbers" });
const bubbles = (page: Page, body: string) => page.getByRole("log").getByText(body, { exact: true });

test("ten tabs on plain HTTP/1.1 are all live, on one stream", async () => {
  const first = await openPage(browser);
  await signIn(first, parley.url, shop);
  await first.getByRole("link").filter({ hasText: "Before" }).waitFor();
  const others = await Promise.all(Array.from({ length: 9 }, () => first.context().newPage()));
  const tabs = [first, ...others];
  let streams = 0;
  for (const tab of tabs)
    tab.on("request", (request) => (streams += request.headers().accept === "text/event-stream" ? 1 : 0));
  for (const tab of tabs) await tab.goto(parley.url + chat);
  await text("For every tab");
  await Promise.all(tabs.map((tab) => bubbles(tab, "For every tab").waitFor()));
  expect(streams).toBe(1);
  // The tab that holds the stream goes, and another takes over.
  await first.close();
  await text("And again");
  await Promise.all(others.map((tab) => bubbles(tab, "And again").waitFor()));
  expect(await Promise.all(others.map((tab) => bubbles(tab, "And again").count()))).toEqual(Array(9).fill(1));
  await others[0]?.context().close();
});

test("every tab says when the stream is broken, and replays what it missed, once", async () => {
  const first = await openPage(browser);
  await signIn(first, parley.url, shop);
  const tabs = [first, await first.context().newPage(), await first.context().newPage()];
  for (const tab of tabs) await tab.goto(parley.url + chat);
  await Promise.all(tabs.map((tab) => bubbles(tab, "Before").waitFor()));
  const notices = tabs.map((tab) =>
    tab.getByRole("status").filter({ hasText: "The live connection is broken" }),
  );
  expect(await Promise.all(notices.map((notice) => notice.isVisible()))).toEqual([false, false, false]);
  await parley.stop();
  await Promise.all(notices.map((notice) => notice.waitFor()));
  await text("While you were away");
  await parley.start();
  await Promise.all(tabs.map((tab) => bubbles(tab, "While you were away").waitFor()));
  await Promise.all(notices.map((notice) => notice.waitFor({ state: "hidden" })));
  const counts = await Promise.all(tabs.map((tab) => bubbles(tab, "While you were away").count()));
  expect(counts).toEqual([1, 1, 1]);
  await first.context().close();
});

test("the composer that comes back with START sends", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page.goto(parley.url + chat);
  await text("STOP");
  await page.getByText("Opted out since").waitFor();
  await text("START");
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Welcome back");
  await page.keyboard.press("Enter");
  await page
    .getByRole("log")
    .getByRole("listitem")
    .filter({ hasText: "Welcome back" })
    .filter({ hasText: "Delivered" })
    .waitFor();
  await page.context().close();
});

test("pointing at a conversation does not make it read", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await text("Unread so far");
  const row = region(page).getByRole("link").filter({ hasText: "Unread so far" });
  await row.waitFor();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await row.hover();
  // A prefetch would have begun before the answer to this.
  await page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
  expect(asked.filter((url) => url.includes("/chat/"))).toEqual([]);
  await page.context().close();
});

test("a page on plain HTTP, where browsers know no locks, is live all the same", async () => {
  const page = await openPage(browser);
  await page.addInitScript("delete Navigator.prototype.locks");
  await signIn(page, parley.url, shop);
  await page.goto(parley.url + chat);
  await text("Without a lock");
  await bubbles(page, "Without a lock").waitFor();
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("going on before a page has come whole leaves no error behind", async () => {
  const line = await startLine(Number(new URL(parley.url).port));
  const page = await openPage(browser);
  await signIn(page, `http://127.0.0.1:${line.port}`, shop);
  await text("Halfway");
  await region(page).getByRole("link").filter({ hasText: "Halfway" }).waitFor();
  const begun = page.waitForResponse(/\/chat\/.*\/.*/);
  line.allow(3_000);
  await region(page).getByRole("link").filter({ hasText: "Halfway" }).click();
  await begun;
  line.allow(Infinity);
  await page.getByRole("link", { name: "Admin" }).click();
  await page.getByRole("heading", { name: "Account Numbers" }).waitFor();
  expect(page.complaints).toEqual([]);
  await page.context().close();
  await line.close();
});

test("the tab tells how many texts are unread, and no longer once they were read", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page.goto(`${parley.url}/chat?number=${encodeURIComponent(shopNumber)}`);
  await text("Hello?");
  await text("Is anybody there?");
  await expect.poll(() => page.title()).toMatch(/^\(\d+\) Chat · Parley$/);
  await page.getByRole("link").filter({ hasText: "Is anybody there?" }).click();
  await expect.poll(() => page.title()).toBe("+1 501 208 0947 · Parley");
  await page.context().close();
});
