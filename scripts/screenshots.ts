// `npm run screenshots`: makes the pictures of the README in docs/, and with a folder as argument every page at two widths and in both modes.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { demoSeed } from "../src/demoSeed.ts";
import { openBrowser, signIn } from "../test/browser/browser.ts";
import { startParley } from "../test/support/parley.ts";

const [folder] = process.argv.slice(2);
const seed = demoSeed("");
const [account] = seed.accounts;
const parley = await startParley({ seed });
const browser = await openBrowser();
const credentials = { accountSid: account?.sid ?? "", authToken: account?.authToken ?? "" };
const anna = "/chat/%2B15014434496/%2B15012080731";
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
}

async function everything(out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  const handset = await (await browser.newContext({ viewport: { width: 1280, height: 760 } })).newPage();
  await handset.goto(parley.sandbox.url);
  await handset.screenshot({ path: join(out, "handset.png") });
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
