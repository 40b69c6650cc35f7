import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startLine } from "../support/line.ts";
import { ben, shop, shopNumber } from "../support/people.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { openBrowser, openPage, signIn } from "./browser.ts";

const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;

let parley: Parley;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley(), openBrowser()]);
  for (let index = 1; index <= 60; index += 1)
    await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: `Text number ${index}` });
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});
beforeEach(async () => {
  page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page
    .getByRole("link")
    .filter({ hasText: /Text number 60|At ten|Left|Soon|URGENT|Third of three/ })
    .waitFor();
  await page.goto(parley.url + chat);
});
afterEach(async () => {
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

const field = () => page.getByRole("textbox", { name: /^Message to/ });
const bubble = (text: string) => page.getByRole("log").getByRole("listitem").filter({ hasText: text });
const bodies = () =>
  parley.sandbox.world
    .messages(shop.accountSid)
    .filter(({ direction }) => direction !== "inbound")
    .map(({ body }) => body);

test("earlier messages come above what one is reading, and stay when the page is drawn again", async () => {
  const reading = page.getByRole("log").getByText("Text number 11", { exact: true });
  const earlier = page.getByRole("link", { name: "Show earlier messages" });
  await earlier.scrollIntoViewIfNeeded();
  const before = await topOf(page, "Text number 11");
  await earlier.click();
  await page.getByRole("log").getByText("Text number 1", { exact: true }).waitFor({ state: "attached" });
  await expect.poll(() => topOf(page, "Text number 11")).toBeCloseTo(before, -2);
  expect(await reading.count()).toBe(1);
  await parley.server.dependencies.store.targets.rename(shop.accountSid, ben, "Benjamin");
  await page.getByRole("heading", { name: "Benjamin" }).waitFor();
  expect(await page.getByRole("log").getByRole("listitem").count()).toBe(60);
  expect(await topOf(page, "Text number 11")).toBeCloseTo(before, -2);
  expect(await earlier.count()).toBe(0);
});

test("what is said from a page of earlier messages is shown at the end of the newest", async () => {
  const earlier = await page.getByRole("link", { name: "Show earlier messages" }).getAttribute("href");
  await page.goto(parley.url + (earlier ?? ""));
  await bubble("Text number 10").waitFor();
  expect(await bubble("Text number 60").count()).toBe(0);
  await field().fill("Soon");
  await field().press("Enter");
  await bubble("Soon").filter({ hasText: "Delivered" }).waitFor();
  await bubble("Text number 60").waitFor();
  expect(new URL(page.url()).search).toBe("");
});

test("the box for a new name closes when it is saved, on Escape and on a click elsewhere", async () => {
  const name = page.getByRole("textbox", { name: "Name" });
  const pencil = page.locator("summary[aria-label=Rename]");
  await pencil.click();
  await name.fill("Ben the builder");
  await name.press("Enter");
  await page.getByRole("heading", { name: "Ben the builder" }).waitFor();
  await name.waitFor({ state: "hidden" });
  await pencil.click();
  await name.waitFor();
  await page.keyboard.press("Escape");
  await name.waitFor({ state: "hidden" });
  await pencil.click();
  await name.waitFor();
  await field().click();
  await name.waitFor({ state: "hidden" });
});

test("a failed text that was edited and sent does not come back, but the draft does", async () => {
  parley.sandbox.world.faults.add({ kind: "messageFails", times: 1, code: 30003 });
  await field().fill("At nine");
  await field().press("Enter");
  const failed = bubble("At nine");
  await failed.getByRole("link", { name: "Edit" }).waitFor();
  await field().fill("A long draft");
  await failed.getByRole("link", { name: "Edit" }).click();
  await expect.poll(() => field().inputValue()).toBe("At nine");
  await field().fill("At ten");
  await field().press("Enter");
  await bubble("At ten").filter({ hasText: "Delivered" }).waitFor();
  await expect.poll(() => field().inputValue()).toBe("A long draft");
  await page.reload();
  await expect.poll(() => field().inputValue()).toBe("A long draft");
  expect(bodies().filter((body) => body.startsWith("At"))).toEqual(["At ten", "At nine"]);
});

test("texts on their way when the page is left arrive once each, and are not offered again", async () => {
  const line = await startLine(Number(new URL(parley.url).port));
  await page.goto(`http://127.0.0.1:${line.port}${chat}`);
  line.slow(300);
  const texts = ["Left 1", "Left 2", "Left 3", "Left 4", "Left 5"];
  for (const text of texts) {
    await field().fill(text);
    await field().press("Enter");
  }
  await page.reload();
  await bubble("Left 5").filter({ hasText: "Delivered" }).waitFor();
  expect(await field().inputValue()).toBe("");
  const left = () => bodies().filter((body) => body.startsWith("Left"));
  await expect.poll(() => left().toSorted()).toEqual(texts);
  await page.goto("about:blank");
  await line.close();
});

async function topOf(page: Page, text: string): Promise<number> {
  const box = await page.getByRole("log").getByText(text, { exact: true }).boundingBox();
  return box?.y ?? NaN;
}

test("what comes while one reads further up is told by a button, and read once it is in view", async () => {
  const { store } = parley.server.dependencies;
  const unread = async () =>
    (await store.conversations.find(shop.accountSid, { twilioNumber: shopNumber, target: ben }))?.unread;
  await page.evaluate("document.querySelector('.log').scrollTo({ top: -1500 })");
  const jump = page.getByRole("button", { name: "Jump to latest" });
  await jump.waitFor();
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "URGENT: please call" });
  await page.getByRole("button", { name: "Jump to latest (1 new)" }).waitFor();
  expect(await unread()).toBe(1);
  await jump.click();
  await expect.poll(unread).toBe(0);
  await expect.poll(() => jump.isVisible()).toBe(false);
  expect(await bubble("URGENT: please call").isVisible()).toBe(true);
});

test("the first text that nobody has read stands under a line, days are apart, and neighbours share a time", async () => {
  await page.goto(`${parley.url}/chat`);
  for (const body of ["First of three", "Second of three", "Third of three"])
    await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body });
  const row = page.getByRole("link").filter({ hasText: "Third of three" });
  await row.getByText("3 unread").waitFor();
  await row.click();
  await bubble("Third of three").waitFor();
  const after = page.locator("#new-messages + .message");
  expect(await after.innerText()).toContain("First of three");
  expect(await page.locator(".day").innerText()).toBe("Today");
  expect(await bubble("First of three").locator("time").isVisible()).toBe(false);
  expect(await bubble("Third of three").locator("time").isVisible()).toBe(true);
  await bubble("First of three").hover();
  expect(await bubble("First of three").locator("time").isVisible()).toBe(true);
  await parley.server.dependencies.store.targets.rename(shop.accountSid, ben, "Ben Okafor");
  await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
  expect(await page.getByRole("separator", { name: "New" }).count()).toBe(1);
});

test("a number in a text leads to its conversation or to adding it, and a code is copied with one tap", async () => {
  const context = page.context();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const body = "Your code is 482913. Or ring +1 501 208 0731, or +1 501 813 0442.";
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body });
  await page.getByRole("button", { name: "Copy 482913" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("482913");
  await page.getByRole("link", { name: "+1 501 813 0442", exact: true }).click();
  await page.getByRole("dialog", { name: "Add target number" }).waitFor();
  expect(await page.getByLabel("Phone number").inputValue()).toBe("+15018130442");
  await page.goBack();
  await page.getByRole("link", { name: "+1 501 208 0731", exact: true }).last().click();
  await page.waitForURL(new RegExp(encodeURIComponent("+15012080731")));
});
