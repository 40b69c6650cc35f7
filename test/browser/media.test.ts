import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { hearTexts, png, wav } from "../support/media.ts";
import { chatPath } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { anna, ben, shop, shopNumber } from "../support/people.ts";
import { expectAccessible, openBrowser, openPage, signIn } from "./browser.ts";

let parley: Parley;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley(), openBrowser()]);
  hearTexts(parley);
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});
beforeEach(async () => {
  page = await openPage(browser);
  await signIn(page, parley.url, shop);
});
afterEach(async () => {
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

interface Box {
  getBoundingClientRect(): { width: number; height: number };
}

interface Sound {
  duration: number;
  load(): void;
}

interface Picture {
  naturalWidth?: number;
}

const text = (from: string, ...media: { contentType: string; content: Buffer }[]) =>
  parley.sandbox.world.phoneTexts({ from, to: shopNumber, body: "", media });
const pictures = () => page.getByRole("log").getByRole("img", { name: /^Picture from/ });
const widths = () =>
  pictures().evaluateAll((images) => images.map((image) => (image as Picture).naturalWidth));
const boxes = () =>
  page
    .locator("[data-picture]")
    .evaluateAll((links) =>
      links
        .map((link) => (link as unknown as Box).getBoundingClientRect())
        .map(({ width, height }) => [width, height]),
    );

test("a picture stands in the open thread as soon as it comes, and the list says what it is", async () => {
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Look" });
  await page.goto(parley.url + chatPath(ben));
  await text(ben, png(20));
  await expect.poll(widths).toEqual([20]);
  await page.getByRole("link", { name: /Photo/ }).waitFor();
  await text(ben, png(30), png(40));
  await expect.poll(widths).toEqual([20, 30, 40]);
  await page.getByRole("link", { name: /2 photos/ }).waitFor();
  // As large before they have come as afterwards.
  expect(await boxes()).toEqual([
    [240, 180],
    [144, 108],
    [144, 108],
  ]);
  await expectAccessible(page);
});

test("a picture opens above the page, arrows lead to the others, and Escape back to where one was", async () => {
  await page.goto(parley.url + chatPath(ben));
  await expect.poll(widths).toEqual([20, 30, 40]);
  const dialog = page.getByRole("dialog", { name: "Picture" });
  const shown = () => dialog.locator("img").evaluate((image) => (image as Picture).naturalWidth);
  await pictures().nth(1).click();
  await dialog.waitFor();
  await expect.poll(shown).toBe(30);
  await expectAccessible(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(shown).toBe(40);
  await page.keyboard.press("ArrowRight");
  await expect.poll(shown).toBe(40);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(shown).toBe(20);
  await dialog.getByText("(1 of 3)").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const first = await pictures().nth(0).locator("..").getAttribute("href");
  const focused = () => page.evaluate<string>("document.activeElement.getAttribute('href')");
  await expect.poll(focused).toBe(first);
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "detached" });
});

test("what a browser cannot show is a tile, and never a broken picture", async () => {
  const content = Buffer.from("no picture at all");
  await page.goto(parley.url + chatPath(anna));
  await text(anna, { contentType: "image/jpeg", content }, { contentType: "image/heic", content });
  await page.getByText("This picture cannot be shown").waitFor();
  await page.getByText("HEIC picture").waitFor();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Download: HEIC picture/ }).click();
  expect((await downloading).suggestedFilename()).toBe("attachment-1.heic".replace("1", "2"));
  expect(await page.getByRole("log").locator("img").count()).toBe(0);
  await page.reload();
  await page.getByText("This picture cannot be shown").waitFor();
});

test("without JavaScript the link opens the picture", async () => {
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await signIn(plain, parley.url, shop);
  await plain.goto(parley.url + chatPath(ben));
  await plain.getByRole("log").getByRole("img").first().click();
  await plain.waitForURL(/\/media\//);
  const size = await plain.locator("img").evaluate((image) => (image as Picture).naturalWidth);
  expect(size).toBe(20);
  expect(plain.complaints).toEqual([]);
  await plain.context().close();
});

test("sound is heard in the thread, and at its own address", async () => {
  await page.goto(parley.url + chatPath(anna));
  await text(anna, wav());
  const sound = page.getByLabel(/^Voice message \(WAV\) from/);
  await sound.waitFor();
  const address = (await sound.getAttribute("src")) ?? "";
  await sound.evaluate((audio) => Object.assign(audio as Sound, { preload: "metadata" }).load());
  await expect.poll(() => sound.evaluate((audio) => (audio as Sound).duration)).toBe(1);
  await page.goto(parley.url + address);
  const shown = page.locator("audio, video").first();
  await expect.poll(() => shown.evaluate((audio) => (audio as Sound).duration)).toBe(1);
});
