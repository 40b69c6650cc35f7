import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoSeed } from "../../src/demoSeed.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { expectAccessible, openBrowser, openPage, signIn } from "./browser.ts";

let parley: Parley;
let browser: Browser & { dispose(): Promise<void> };
const seed = demoSeed("");
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley({ seed, tuning: { quickPollMs: 500 } }), openBrowser()]);
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});

test("a newcomer texts back and forth between Parley and the handset", async () => {
  const [account] = seed.accounts;
  const page = await openPage(browser);
  await signIn(page, parley.url, { accountSid: account?.sid ?? "", authToken: account?.authToken ?? "" });
  await page
    .getByRole("region", { name: "Target numbers" })
    .getByRole("link", { name: /501 208 0731/ })
    .click();
  await page.getByRole("log").getByText("Perfect, thank you!").waitFor();

  const handset = await openPage(browser);
  await handset.goto(parley.sandbox.url);
  await handset.getByText("Nothing real is sent").waitFor();
  await handset.getByRole("link", { name: /Anna Lindqvist/ }).click();
  await handset.getByLabel("Text message").fill("I am at the door");
  await handset.getByLabel("Text message").press("Enter");
  await page.getByRole("log").getByText("I am at the door").waitFor();

  await page.getByLabel("Message", { exact: true }).fill("Coming!");
  await page.getByRole("button", { name: "Send" }).click();
  await handset.getByRole("log").getByText("Coming!").waitFor();
  await expectAccessible(handset);
  expect([...page.complaints, ...handset.complaints]).toEqual([]);
  await Promise.all([page.context().close(), handset.context().close()]);
});

test.each(["light", "dark"] as const)(
  "the handset fits a phone in %s and needs no JavaScript",
  async (colorScheme) => {
    const page = await openPage(browser, { viewport: { width: 360, height: 740 }, colorScheme });
    await page.goto(parley.sandbox.url);
    await page.getByRole("log").waitFor();
    await expectAccessible(page);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    const plain = await openPage(browser, { javaScriptEnabled: false });
    await plain.goto(parley.sandbox.url);
    await plain.getByLabel("Text message").fill(`Plain and ${colorScheme}`);
    await plain.getByRole("button", { name: "Text" }).click();
    await plain.getByRole("log").getByText(`Plain and ${colorScheme}`).waitFor();
    await Promise.all([page.context().close(), plain.context().close()]);
  },
);
