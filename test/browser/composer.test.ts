import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { anna, newcomer, shop, shopNumber } from "../support/people.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { openBrowser, openPage, signIn } from "./browser.ts";

const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(anna)}`;

let parley: Parley;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley(), openBrowser()]);
});
afterAll(async () => {
  await browser.dispose();
  await parley.close();
});
beforeEach(async () => {
  page = await openPage(browser);
  await signIn(page, parley.url, shop);
  await page.goto(parley.url + chat);
});
afterEach(() => page.context().close());

const field = () => page.getByRole("textbox", { name: /^Message to/ });
const bubbles = (text: string) => page.getByRole("log").getByRole("listitem").filter({ hasText: text });
const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
const atTwilio = (text: string) =>
  parley.sandbox.world.messages(shop.accountSid).filter(({ body }) => body === text);

test("a text that is too long stays where it was typed", async () => {
  const long = "x".repeat(1_601);
  await field().fill(long);
  await field().press("Enter");
  await alert("1 character too many").waitFor();
  expect(await field().inputValue()).toBe(long);
  await page.reload();
  await expect.poll(() => field().inputValue()).toBe(long);
  await field().fill("Short");
  await field().press("Enter");
  await bubbles("Short").filter({ hasText: "Delivered" }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("texts sent one after the other keep their order", async () => {
  for (const text of ["Order one", "Order two", "Order three"]) {
    await field().fill(text);
    await field().press("Enter");
  }
  await bubbles("Order three").filter({ hasText: "Delivered" }).waitFor();
  const sent = parley.sandbox.world
    .messages(shop.accountSid)
    .filter(({ body }) => body.startsWith("Order"))
    .map(({ body }) => body);
  expect(sent.toReversed()).toEqual(["Order one", "Order two", "Order three"]);
  const shown = await page.locator(".thread .bubble").allInnerTexts();
  expect(shown.slice(-3)).toEqual(["Order one", "Order two", "Order three"]);
});

test("what a broken connection did not take comes back, both texts of it, and is sent once", async () => {
  let typed: () => void = () => undefined;
  const bothTyped = new Promise<void>((resolve) => (typed = resolve));
  await page.route("**/messages", async (route) => {
    await bothTyped;
    await route.abort("connectionreset");
  });
  await field().fill("Lost one");
  await field().press("Enter");
  await field().fill("Lost two");
  await field().press("Enter");
  typed();
  await alert("cannot be reached").waitFor();
  await expect.poll(() => field().inputValue()).toMatch(/Lost one[^]*Lost two|Lost two[^]*Lost one/);
  expect(await page.getByRole("log").getByText("Sending…").count()).toBe(0);
  await page.unroute("**/messages");
  await field().fill("Lost no more");
  await field().press("Enter");
  await bubbles("Lost no more").filter({ hasText: "Delivered" }).waitFor();
  expect(atTwilio("Lost no more")).toHaveLength(1);
});

test("a text whose answer was lost is not sent again from the page drawn anew", async () => {
  await page.route("**/messages", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await field().fill("Arrived unheard");
  await field().press("Enter");
  await alert("cannot be reached").waitFor();
  expect(await field().inputValue()).toBe("Arrived unheard");
  await page.unroute("**/messages");
  await field().press("Enter");
  await expect.poll(() => field().inputValue()).toBe("");
  await page.route("**/messages", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await field().fill("Arrived unheard, too");
  await field().press("Enter");
  await alert("cannot be reached").waitFor();
  await page.unroute("**/messages");
  await page.reload();
  await bubbles("Arrived unheard, too").waitFor();
  expect(await field().inputValue()).toBe("");
  expect(atTwilio("Arrived unheard")).toHaveLength(1);
  expect(atTwilio("Arrived unheard, too")).toHaveLength(1);
});

test("whose session has ended finds their text again after signing in", async () => {
  await page.context().clearCookies();
  await field().fill("Do not lose me");
  await field().press("Enter");
  await page.getByRole("alert").waitFor();
  expect(await field().inputValue()).toBe("Do not lose me");
  await page.reload();
  await page.getByLabel("Account SID").fill(shop.accountSid);
  await page.getByLabel("Auth token").fill(shop.authToken);
  await page.getByRole("button", { name: "Submit" }).click();
  await page.waitForURL(parley.url + chat);
  await expect.poll(() => field().inputValue()).toBe("Do not lose me");
});

test("what the page says stays when the live stream has it drawn again", async () => {
  await page.context().clearCookies();
  await signIn(page, parley.url, newcomer);
  await page.goto(`${parley.url}/admin?country=GB`);
  await page.locator(".offer").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Buy" }).click();
  const notice = page.getByRole("status").filter({ hasText: "is yours now" });
  await notice.waitFor();
  const again = page.waitForResponse(`${parley.url}/admin`);
  await parley.server.dependencies.store.events.announce(newcomer.accountSid, { kind: "refresh" });
  await again;
  await notice.waitFor();
});

test("Enter that ends the choice of a sign sends nothing, and on glass Enter is a new line", async () => {
  await field().fill("はんぶん");
  const isTaken = await page.evaluate(
    `!document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))`,
  );
  expect([isTaken, await field().inputValue()]).toEqual([false, "はんぶん"]);
  const glass = await openPage(browser, {
    ...{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } },
    storageState: await page.context().storageState(),
  });
  await glass.goto(parley.url + chat);
  const touched = glass.getByRole("textbox", { name: /^Message to/ });
  await touched.fill("One");
  await touched.press("Enter");
  await touched.pressSequentially("Two");
  expect(await touched.inputValue()).toBe("One\nTwo");
  await glass.getByRole("button", { name: "Send" }).tap();
  await glass.getByRole("log").getByText("One\nTwo").waitFor();
  await glass.context().close();
});
