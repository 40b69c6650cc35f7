// `npm run screenshots`: makes the pictures of the README in docs/, and with a folder as argument every page at two widths and in both modes.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { demoSeed } from "../src/demo/seed.ts";
import { openBrowser, signIn } from "../test/browser/browser.ts";
import { startParley } from "../test/support/parley.ts";

const [folder] = process.argv.slice(2);
const seed = demoSeed("");
const [account] = seed.accounts;
const parley = await startParley({ seed });
const browser = await openBrowser();
const credentials = { accountSid: account?.sid ?? "", authToken: account?.authToken ?? "" };
const [twilioNumber, target] = ["+15014434496", "+15012080731"];
const anna = `/chat/${encodeURIComponent(twilioNumber)}/${encodeURIComponent(target)}`;
const pages: [name: string, path: string][] = [
  ["chat", anna],
  ["admin", "/admin?country=US"],
  ["targets", "/chat"],
  ["failed", "/chat/%2B15014434496/%2B15018130442"],
  ["add-target", `/targets/new?number=%2B15014434496&target=%2B15012080731`],
  ["numbers", `${anna}?pane=numbers`],
];

if (folder) await everything(folder);
else await readme();
await browser.dispose();
await parley.close();

async function readme(): Promise<void> {
  mkdirSync("docs", { recursive: true });
  const page = await signedIn(browser, 1280, "light");
  for (const [name, path] of pages.slice(0, 2)) {
    await show(page, path);
    await page.screenshot({ path: `docs/${name}.png` });
  }
  await liven(page);
  const handset = await openHandset(1280, "light");
  await handset.goto(parley.sandbox.url);
  await handset.screenshot({ path: "docs/handset.png" });
}

/** Something to see on the handset: a message that fails, one that arrives, a picture, and a fault that waits. */
async function liven(page: Page): Promise<void> {
  const { world } = parley.sandbox;
  const number = world.accounts.get(credentials.accountSid)?.numberFor(twilioNumber);
  if (number) number.settings.SmsUrl = `${parley.url}/sms`;
  world.faults.add({ kind: "messageFails", times: 1, code: 30003 });
  await show(page, anna);
  for (const [text, state] of [
    ["We close at six today.", "Not delivered"],
    ["Which one was it?", "Delivered"],
  ] as const) {
    await page.getByRole("textbox", { name: /^Message to/ }).fill(text);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("listitem").filter({ hasText: text }).getByText(state, { exact: true }).waitFor();
  }
  const content = await (await fetch(`${parley.sandbox.url}/handset/samples/shelf`)).arrayBuffer();
  const media = [{ contentType: "image/png", content: Buffer.from(content) }];
  await world.phoneTexts({ from: target, to: twilioNumber, body: "This one!", media });
  world.faults.add({ kind: "webhookRepeated", times: 5 });
}

async function openHandset(width: number, colorScheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width > 500 ? 760 : 780 },
    colorScheme,
  });
  return context.newPage();
}

async function everything(out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  for (const width of [1280, 390]) {
    for (const mode of ["light", "dark"] as const) {
      const page = await signedIn(browser, width, mode, join(out, `login-${width}-${mode}.png`));
      for (const [name, path] of pages) {
        await show(page, path);
        await page.screenshot({ path: join(out, `${name}-${width}-${mode}.png`) });
      }
      await page.locator(".page").waitFor();
      await page.context().close();
    }
  }
  await liven(await signedIn(browser, 1280, "light"));
  await handsetIn(out);
}

async function handsetIn(out: string): Promise<void> {
  for (const width of [1280, 390]) {
    for (const mode of ["light", "dark"] as const) {
      const handset = await openHandset(width, mode);
      for (const pane of width > 500 ? ["phone"] : ["phones", "phone", "faults", "log"]) {
        await handset.goto(`${parley.sandbox.url}/?pane=${pane}`);
        await handset.screenshot({ path: join(out, `handset-${pane}-${width}-${mode}.png`) });
      }
      await handset.context().close();
    }
  }
}

async function signedIn(
  on: Browser,
  width: number,
  colorScheme: "light" | "dark",
  before?: string,
): Promise<Page> {
  const context = await on.newContext({ viewport: { width, height: width > 500 ? 760 : 780 }, colorScheme });
  const page = await context.newPage();
  await page.goto(`${parley.url}/login`);
  if (before) await page.screenshot({ path: before });
  await signIn(page, parley.url, credentials);
  return page;
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(parley.url + path, { waitUntil: "load" });
  await page.evaluate("document.fonts.ready.then(() => true)");
}
