import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoSeed } from "../../src/demo/seed.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { expectAccessible, openBrowser, openPage, signIn } from "./browser.ts";

let parley: Parley;
let browser: Browser & { dispose(): Promise<void> };
const seed = demoSeed("");
const [account] = seed.accounts;
const credentials = { accountSid: account?.sid ?? "", authToken: account?.authToken ?? "" };
const [shop, anna] = ["+15014434496", "+15012080731"];

beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley({ seed, tuning: { quickPollMs: 500 } }), openBrowser()]);
  const number = parley.sandbox.world.accounts.get(credentials.accountSid)?.numberFor(shop);
  if (number) number.settings.SmsUrl = `${parley.url}/sms`;
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const bubble = (page: Page, text: string) =>
  page.getByRole("log").getByRole("listitem").filter({ hasText: text });

/** Anna's conversation in Parley, and the handset beside it. */
async function openBoth() {
  const page = await openPage(browser);
  const handset = await openPage(browser);
  await Promise.all([signIn(page, parley.url, credentials), handset.goto(parley.sandbox.url)]);
  await page.goto(`${parley.url}/chat/${encodeURIComponent(shop)}/${encodeURIComponent(anna)}`);
  const send = async (text: string) => {
    await page.getByRole("textbox", { name: /^Message to/ }).fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  };
  const close = async () => {
    expect([...page.complaints, ...handset.complaints]).toEqual([]);
    await Promise.all([page.context().close(), handset.context().close()]);
  };
  return { page, handset, send, close };
}

async function text(handset: Page, words: string): Promise<void> {
  await handset.getByLabel("Text message").fill(words);
  await handset.getByRole("button", { name: "Send text" }).click();
}

test("a newcomer texts back and forth between Parley and the handset", async () => {
  const { page, handset, send, close } = await openBoth();
  await handset.getByText("Nothing real is sent").waitFor();
  await handset.getByRole("link", { name: /Anna Lindqvist/ }).click();
  await handset.getByLabel("Text message").fill("I am at the door");
  await handset.getByLabel("Text message").press("Enter");
  await bubble(page, "I am at the door").waitFor();
  // What is being written and what is open survives the news.
  await handset.getByLabel("Text message").fill("Half a sen");
  await region(handset, "Log").locator("summary").first().click();
  await handset.getByText("5 times").click();
  await send("Coming!");
  await bubble(handset, "Coming!").filter({ hasText: "Delivered" }).waitFor();
  expect(await handset.getByLabel("Text message").inputValue()).toBe("Half a sen");
  await expect.poll(() => region(handset, "Log").locator("details[open]").count()).toBe(1);
  expect(await handset.getByLabel("5 times").isChecked()).toBe(true);
  await close();
});

test("a newcomer makes a message fail with 30003 by mouse", async () => {
  const { page, handset, send, close } = await openBoth();
  await region(handset, "Faults").getByRole("button", { name: "Fail the message" }).click();
  const active = region(handset, "Faults").getByRole("listitem");
  await active.filter({ hasText: "code 30003 · once" }).waitFor();
  await send("Can you hear me?");
  await bubble(handset, "Can you hear me?")
    .filter({ hasText: "Undelivered · 30003 phone off or unreachable" })
    .waitFor();
  expect(await active.count()).toBe(0);
  await bubble(page, "Can you hear me?").filter({ hasText: "Not delivered" }).waitFor();
  await close();
});

test("a webhook sent twice and replayed is still one bubble in Parley", async () => {
  const { page, handset, close } = await openBoth();
  await handset.getByRole("button", { name: "Send the webhook twice" }).click();
  await text(handset, "Knock knock");
  await bubble(handset, "Knock knock").filter({ hasText: "App answered 200 · told twice" }).waitFor();
  const log = region(handset, "Log");
  await log.getByRole("link", { name: "Webhooks" }).click();
  const newest = log.getByRole("listitem").filter({ hasText: "Knock knock" }).first();
  await newest.getByText("Repeat").waitFor();
  await newest.getByRole("button", { name: "Replay" }).click();
  await bubble(handset, "Knock knock").filter({ hasText: "told 3 times" }).waitFor();
  await newest.locator("summary").click();
  await newest.getByText("Signature", { exact: true }).waitFor();
  await bubble(page, "Knock knock").waitFor();
  expect(await bubble(page, "Knock knock").count()).toBe(1);
  expect(await handset.content()).not.toContain(credentials.authToken);
  await close();
});

test("a picture that is too large is pointed at, also when its box is closed", async () => {
  const { handset, close } = await openBoth();
  await handset.getByLabel("Add a picture").click();
  const file = handset.getByLabel(/one of your own/);
  await file.setInputFiles({ name: "big.png", mimeType: "image/png", buffer: Buffer.alloc(5_000_001) });
  await handset.getByLabel("Text message").click();
  await file.waitFor({ state: "hidden" });
  await text(handset, "Look at this");
  await handset.locator("input[type=file]:invalid").waitFor();
  await close();
});

test("pictures go both ways", async () => {
  const { page, handset, close } = await openBoth();
  const content = Buffer.from(await (await fetch(`${parley.sandbox.url}/handset/samples/cat`)).arrayBuffer());
  await handset.getByLabel("Add a picture").click();
  await handset
    .getByLabel(/one of your own/)
    .setInputFiles({ name: "cat.png", mimeType: "image/png", buffer: content });
  await text(handset, "My cat on your shelf");
  const sent = bubble(handset, "My cat on your shelf").getByRole("img", { name: "Picture" });
  await expect
    .poll(() => sent.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth))
    .toBe(320);
  const received = bubble(page, "My cat on your shelf").getByRole("img", { name: "Picture from" });
  await expect
    .poll(() => received.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth))
    .toBe(320);
  await fetch(`${parley.sandbox.url}/2010-04-01/Accounts/${credentials.accountSid}/Messages.json`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${credentials.accountSid}:${credentials.authToken}`).toString("base64")}`,
    },
    body: new URLSearchParams({
      From: shop,
      To: anna,
      Body: "Our sunset",
      MediaUrl: `${parley.sandbox.url}/handset/samples/sunset`,
    }),
  });
  await bubble(handset, "Our sunset").getByRole("img", { name: "Picture" }).waitFor();
  await close();
});

test("everything open is readable in light and dark", async () => {
  const page = await openPage(browser);
  await page.goto(parley.sandbox.url);
  await region(page, "Log").locator("summary").first().click();
  await page.getByLabel("Add a picture").click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.context().close();
});

test("on a phone, one part at a time", async () => {
  const page = await openPage(browser, { viewport: { width: 360, height: 740 } });
  await page.goto(parley.sandbox.url);
  for (const part of ["Phone", "Phones", "Faults", "Log"]) {
    await page.getByRole("link", { name: part, exact: true }).click();
    await region(page, part).waitFor();
    expect(await page.getByRole("region").count()).toBe(1);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  }
  await expectAccessible(page);
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("the handset works as plain forms without JavaScript", async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(parley.sandbox.url);
  await page.getByLabel("Add a phone").click();
  await page.getByLabel("Name").fill("Greta");
  await page.getByLabel("Phone number").fill("+1 501 208 0555");
  await page.getByRole("button", { name: "Add phone" }).click();
  await page.getByRole("heading", { name: "Greta" }).waitFor();
  await page.getByLabel("Add a picture").click();
  await page.getByText("Sunset", { exact: true }).click();
  await text(page, "Plain as can be");
  await bubble(page, "Plain as can be").getByRole("img", { name: "Picture" }).waitFor();
  await region(page, "Faults").getByText("Until reset").click();
  await page.getByRole("button", { name: "Answer slowly" }).click();
  await region(page, "Faults").getByRole("listitem").filter({ hasText: "until reset" }).waitFor();
  await page.getByRole("button", { name: "Reset all" }).click();
  expect(await region(page, "Faults").getByRole("listitem").count()).toBe(0);
  await page.context().close();
});
