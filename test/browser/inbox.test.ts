import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  anna,
  beginner,
  beginnerNumber,
  ben,
  londonNumber,
  newcomer,
  shop,
  shopNumber,
  shopSeed,
} from "../support/people.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { expectAccessible, openBrowser, openPage, signIn } from "./browser.ts";

let parley: Parley;
let browser: Browser & { dispose(): Promise<void> };
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley({ seed: shopSeed() }), openBrowser()]);
  await connect(parley, shop.accountSid);
  await connect(parley, beginner.accountSid);
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const bubble = (page: Page, text: string) =>
  page.getByRole("log").getByRole("listitem").filter({ hasText: text });
const chatPath = (target: string, twilioNumber = shopNumber) =>
  `/chat/${encodeURIComponent(twilioNumber)}/${encodeURIComponent(target)}`;

/** Enters Parley's address at the account's numbers, as a person does in Twilio's console. */
async function connect({ sandbox, url }: Parley, accountSid: string): Promise<void> {
  const account = [shop, beginner].find((known) => known.accountSid === accountSid);
  const authorization = `Basic ${Buffer.from(`${accountSid}:${account?.authToken}`).toString("base64")}`;
  const base = `${sandbox.url}/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`;
  const list = (await (await fetch(`${base}.json`, { headers: { authorization } })).json()) as {
    incoming_phone_numbers: { sid: string }[];
  };
  for (const { sid } of list.incoming_phone_numbers) {
    const body = new URLSearchParams({ SmsUrl: `${url}/sms` });
    await fetch(`${base}/${sid}.json`, { method: "POST", headers: { authorization }, body });
  }
}

test("a person signs in, is told what is wrong, and comes back to where they wanted to go", async () => {
  const page = await openPage(browser);
  await page.goto(`${parley.url}/admin`);
  await expect.poll(() => page.url()).toContain("/login?next=");
  await page.getByRole("heading", { name: "Authenticate" }).waitFor();
  await expectAccessible(page);
  await page.getByLabel("Account SID").fill(shop.accountSid);
  await page.getByLabel("Auth token").fill("wrong-token");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByRole("alert").filter({ hasText: "Twilio does not know" }).waitFor();
  expect(await page.getByLabel("Account SID").inputValue()).toBe(shop.accountSid);
  expect(await page.getByLabel("Auth token").inputValue()).toBe("");
  await page.getByLabel("Auth token").fill(shop.authToken);
  await page.getByLabel("Auth token").press("Enter");
  await page.getByRole("heading", { name: "Account Numbers" }).waitFor();
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("the past is there, and the address names the pair", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  const people = region(page, "Target numbers");
  await people
    .getByRole("link", { name: /1 501 208 0731/ })
    .filter({ hasText: "Yes, the last one." })
    .click();
  await page.waitForURL(`${parley.url}${chatPath(anna)}`);
  await bubble(page, "Is the walnut shelf still there?").waitFor();
  expect(await bubble(page, "Yes, the last one.").innerText()).toMatch(/You\s.*Delivered/s);
  await region(page, "Twilio numbers")
    .getByRole("link", { name: /7400 900123/ })
    .click();
  await page.waitForURL(`${parley.url}${chatPath(anna, londonNumber)}`);
  expect(await page.getByRole("log").getByText("walnut").count()).toBe(0);
  await page.goBack();
  await bubble(page, "Is the walnut shelf still there?").waitFor();
  await page.reload();
  await bubble(page, "Is the walnut shelf still there?").waitFor();
  await expectAccessible(page);
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("texts go both ways live, in every tab, in the right conversation only", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page.goto(`${parley.url}${chatPath(anna)}`);
  const second = await page.context().newPage();
  await second.goto(`${parley.url}/chat`);
  const field = page.getByRole("textbox", { name: /^Message to/ });
  await field.fill("First line");
  await field.press("Shift+Enter");
  await field.pressSequentially("second line");
  await field.press("Enter");
  await bubble(page, "First line\nsecond line").waitFor();
  expect(await field.inputValue()).toBe("");
  await bubble(page, "First line").filter({ hasText: "Delivered" }).waitFor();
  await parley.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "Coming at three" });
  await bubble(page, "Coming at three").waitFor();
  await region(second, "Target numbers").getByRole("link").filter({ hasText: "Coming at three" }).waitFor();
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Hello, I am new here" });
  await region(page, "Target numbers")
    .getByRole("link")
    .filter({ hasText: "Hello, I am new here" })
    .waitFor();
  expect(await page.getByRole("log").getByText("I am new here").count()).toBe(0);
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("what Twilio refuses is shown as not sent, with the reason and the text", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, beginner);
  await page.getByRole("button", { name: "Add target number" }).click();
  await page.getByRole("dialog").getByLabel("Phone number").fill(ben);
  await page.getByRole("dialog").getByRole("button", { name: "OK" }).click();
  await page.waitForURL(`${parley.url}${chatPath(ben, beginnerNumber)}`);
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Can you read this?");
  const refused = bubble(page, "Can you read this?").filter({ hasText: "Not sent" });
  // The answer to the form tells of the message's beginning, and may come after the news of its end.
  await page.route("**/messages", async (route) => {
    const answer = await route.fetch();
    await refused.waitFor();
    await route.fulfill({ response: answer });
  });
  const answered = page.waitForResponse("**/messages");
  await page.getByRole("button", { name: "Send" }).click();
  await answered;
  await refused.waitFor();
  await refused.getByRole("link", { name: "Error 21608" }).waitFor();
  await region(page, "Target numbers")
    .getByRole("link")
    .filter({ hasText: "Not sent You: Can you" })
    .waitFor();
  await expectAccessible(page);
  await refused.getByRole("link", { name: "Edit" }).click();
  await expect
    .poll(() => page.getByRole("textbox", { name: /^Message to/ }).inputValue())
    .toBe("Can you read this?");
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

test("a number is bought after one question", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, newcomer);
  await page.getByText("This account has no Twilio number yet.").waitFor();
  await page.getByRole("link", { name: "Admin", exact: true }).click();
  const bought = await buy(page, "United Kingdom");
  await page.getByRole("table").getByRole("row").filter({ hasText: bought }).waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await region(page, "Twilio numbers").getByRole("link").first().waitFor();
  expect(page.complaints).toEqual([]);
  await page.context().close();
});

/** Returns the number as the confirming question shows it. */
async function buy(page: Page, country: string): Promise<string> {
  await page.getByRole("button", { name: "Add number" }).click();
  await page.getByRole("dialog").getByLabel("Country").selectOption({ label: country });
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Available Numbers" }).waitFor();
  await page.getByRole("region", { name: "Available Numbers" }).locator(".offer").first().click();
  const question = page.getByRole("dialog");
  await question.getByText("a month").waitFor();
  await expectAccessible(page);
  const number =
    /\+\d{6,15}/.exec((await question.locator("p").first().textContent()) ?? "")?.[0] ?? "nothing";
  await question.getByRole("button", { name: "Buy" }).click();
  return number;
}

test("after logging out, Back shows nothing, and signing out of a browser leaves every tab of it", async () => {
  const page = await openPage(browser);
  const own = await startParley();
  await signIn(page, own.url, shop);
  await page.goto(`${own.url}${chatPath(anna)}`);
  await page.getByRole("link", { name: "Admin", exact: true }).click();
  await page.getByRole("heading", { name: "Account Numbers" }).waitFor();
  await page.getByRole("button", { name: "Logout" }).click();
  await page.getByRole("status").filter({ hasText: "You are logged out" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Authenticate" }).waitFor();
  expect(await page.getByText("walnut").count()).toBe(0);
  await signIn(page, own.url, shop);
  const leaving = await page.context().newPage();
  await leaving.goto(`${own.url}/logout`);
  await leaving.getByRole("button", { name: "Sign out of this browser" }).click();
  await page.getByRole("heading", { name: "Authenticate" }).waitFor();
  await page.context().close();
  await own.close();
});

test.each(["light", "dark"] as const)("on a phone in %s, one pane at a time", async (colorScheme) => {
  const page = await openPage(browser, { viewport: { width: 360, height: 740 }, colorScheme });
  await signIn(page, parley.url, shop);
  await expectAccessible(page);
  expect(await region(page, "Chat").isVisible()).toBe(false);
  await region(page, "Target numbers")
    .getByRole("link", { name: /208 0731/ })
    .click();
  await bubble(page, "walnut shelf").waitFor();
  expect(await region(page, "Target numbers").isVisible()).toBe(false);
  await expectAccessible(page);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  await page.getByRole("link", { name: "Admin", exact: true }).click();
  await page.getByRole("heading", { name: "Account Numbers" }).waitFor();
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 740 });
  const fits = async (heading: string) => {
    await page.getByRole("heading", { name: heading }).waitFor();
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    await expectAccessible(page);
  };
  await fits("Account Numbers");
  await page.getByRole("link", { name: /Your data/ }).click();
  await fits("Your data");
  await page.getByRole("link", { name: "Restore a copy" }).click();
  await fits("Restore a copy");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Who is signed in" }).click();
  await fits("Who is signed in");
  await page.context().close();
});

test("everything works as plain forms without JavaScript", async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, parley.url, shop);
  await page.getByRole("button", { name: "Add target number" }).click();
  await page.getByLabel("Phone number").fill("501 443 4498");
  await page.getByRole("textbox", { name: "Name" }).first().fill("Somebody Plain");
  await page.getByRole("button", { name: "OK" }).click();
  await page.waitForURL(`${parley.url}${chatPath("+15014434498")}`);
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Plain as can be");
  await page.getByRole("button", { name: "Send" }).click();
  await bubble(page, "Plain as can be").waitFor();
  await page.getByRole("link", { name: "Admin", exact: true }).click();
  await page.getByRole("button", { name: "Add number" }).click();
  await page.getByRole("heading", { name: "Available Numbers" }).waitFor();
  await page.getByRole("button", { name: "Logout" }).click();
  await page.getByRole("heading", { name: "Your data" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download a copy" }).click();
  const copy = await (await download).path();
  await page.getByRole("button", { name: "Log out and delete" }).click();
  await page.getByRole("heading", { name: "Authenticate" }).waitFor();
  await signIn(page, parley.url, shop);
  expect(await page.getByText("Somebody Plain").count()).toBe(0);
  await page.getByRole("link", { name: /Your data/ }).click();
  await page.getByRole("link", { name: "Restore a copy" }).click();
  await page.getByLabel("Copy", { exact: true }).setInputFiles(copy);
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("status").filter({ hasText: "Restored: 1 name." }).waitFor();
  await page.goto(`${parley.url}${chatPath("+15014434498")}`);
  await page.getByText("Somebody Plain").first().waitFor();
  await page.getByRole("link", { name: /Your data/ }).click();
  await page.getByRole("button", { name: "Sign out of this browser" }).click();
  await page.getByRole("status").filter({ hasText: "signed out of this browser" }).waitFor();
  await page.context().close();
});

test("the list can be of what is unread and of who waits, and follows what happens", async () => {
  const page = await openPage(browser);
  await signIn(page, parley.url, shop);
  const people = region(page, "Target numbers");
  await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "Is anybody there?" });
  await people.getByRole("link").filter({ hasText: "Is anybody there?" }).waitFor();
  await people.getByRole("link", { name: "Unread", exact: true }).click();
  await page.waitForURL(/show=unread/);
  await people.getByRole("link").filter({ hasText: "Is anybody there?" }).click();
  await bubble(page, "Is anybody there?").waitFor();
  // What was just read stays in view until one goes on.
  expect(await people.getByRole("link").filter({ hasText: "Is anybody there?" }).count()).toBe(1);
  expect(new URL(page.url()).searchParams.get("show")).toBe("unread");
  await people.getByRole("link", { name: "Unread", exact: true }).click();
  await people.getByText("Everything is read.").waitFor();
  await parley.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "Me again" });
  const row = people.getByRole("link").filter({ hasText: "Me again" });
  await row.waitFor();
  expect(await row.getAttribute("href")).toContain("show=unread");
  await expectAccessible(page);
  await people.getByRole("link", { name: "Waiting", exact: true }).click();
  await people.getByRole("link").filter({ hasText: "Me again" }).click();
  await page.getByRole("textbox", { name: /^Message to/ }).fill("We are");
  await page.keyboard.press("Enter");
  await bubble(page, "We are").filter({ hasText: "Delivered" }).waitFor();
  await people.getByRole("link", { name: "Waiting", exact: true }).click();
  await expect.poll(() => people.getByRole("link").filter({ hasText: "We are" }).count()).toBe(0);
  expect(await people.getByRole("link").filter({ hasText: "Is anybody there?" }).count()).toBe(1);
  expect(page.complaints).toEqual([]);
  await page.context().close();
});
