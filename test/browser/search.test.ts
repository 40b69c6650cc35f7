import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ben, shop, shopNumber } from "../support/people.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { expectAccessible, openBrowser, openPage, signIn } from "./browser.ts";

const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;

let parley: Parley;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley(), openBrowser()]);
  for (let index = 1; index <= 90; index += 1)
    await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: `Plank ${1_000 + index}` });
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});
beforeEach(async () => {
  page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page.getByRole("link").filter({ hasText: "Plank 1090" }).waitFor();
});
afterEach(async () => {
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

const field = () => page.getByRole("searchbox", { name: "Search", exact: true });
const found = () => page.getByRole("list", { name: "Messages found" }).getByRole("listitem");
const bubble = (text: string) => page.getByRole("log").getByText(text, { exact: true });

test("while typing, texts are found in place of the list; one is opened at its place, with the way back", async () => {
  await page.goto(parley.url + chat);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("PLANK 102");
  await expect.poll(() => found().count()).toBe(10);
  expect(await page.getByRole("status").filter({ hasText: "10 messages found" }).count()).toBe(1);
  // The conversation that is open stays.
  expect(await bubble("Plank 1090").isVisible()).toBe(true);
  await expectAccessible(page);
  await found().last().getByRole("link").click();
  await bubble("Plank 1020").waitFor();
  await expect.poll(() => isInView("Plank 1020")).toBe(true);
  expect(await page.locator('.message[aria-current="location"]').innerText()).toContain("Plank 1020");
  expect(await field().inputValue()).toBe("PLANK 102");
  expect(await found().count()).toBe(10);
  await field().fill("");
  await page.getByRole("region", { name: "Target numbers" }).getByText("Plank 1090").waitFor();
  expect(await found().count()).toBe(0);
});

test("inside a conversation one steps from match to match, newest first", async () => {
  await page.goto(parley.url + chat);
  await page.getByRole("link", { name: "Search this conversation" }).click();
  const own = page.getByRole("searchbox", { name: "Search this conversation" });
  await own.fill("plank 108");
  await own.press("Enter");
  await page.getByText("1 of 10").waitFor();
  expect(await page.getByRole("link", { name: "Next match" }).count()).toBe(0);
  for (let step = 2; step <= 10; step += 1) {
    await page.getByRole("link", { name: "Previous match" }).click();
    await page.getByText(`${step} of 10`).waitFor();
  }
  await expect.poll(() => isInView("Plank 1080")).toBe(true);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Close search" }).click();
  await bubble("Plank 1090").waitFor();
});

test("without JavaScript the search is a form, on a phone, and its results lead on and back", async () => {
  const plain = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
    colorScheme: "dark",
    storageState: await page.context().storageState(),
  });
  await plain.goto(`${parley.url}/chat`);
  await plain.getByRole("searchbox", { name: "Search" }).fill("plank");
  await plain.getByRole("searchbox", { name: "Search" }).press("Enter");
  await plain.waitForURL(/\/search\?/);
  const rows = plain.getByRole("list", { name: "Messages found" }).getByRole("link");
  expect(await rows.count()).toBe(50);
  await plain.getByRole("link", { name: "Show more" }).click();
  await rows.filter({ hasText: "Plank 1001" }).last().click();
  await plain.getByRole("log").getByText("Plank 1001", { exact: true }).waitFor();
  await plain.getByRole("link", { name: "Back to the results" }).click();
  await rows.first().waitFor();
  expect(await plain.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  await plain.context().close();
});

async function isInView(text: string): Promise<boolean> {
  const box = await bubble(text).boundingBox();
  return box !== null && box.y > 0 && box.y + box.height < 800;
}
