import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: shopSeed() });
});
afterEach(() => sandbox.close());

const megabyte = 1_000_000;

function send(path: string, body: FormData | URLSearchParams, headers: Record<string, string> = {}) {
  return fetch(sandbox.url + path, { method: "POST", body, headers, redirect: "manual" });
}

function textWith(file?: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    from: anna,
    to: shopNumber,
    body: "Look",
    back: "/?pane=phone",
  }))
    form.set(name, value);
  if (file) form.set("picture", file);
  return form;
}

const latest = () => sandbox.world.messages(shop.accountSid)[0];

test("a text with a picture arrives with it, and the picture cannot run as a page", async () => {
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const answer = await send(
    "/handset/messages",
    textWith(new File([script], "a.svg", { type: "image/svg+xml" })),
  );
  expect(answer.headers.get("location")).toBe("/?pane=phone");
  expect(latest()).toMatchObject({ body: "Look", numMedia: 1 });
  const media = await fetch(
    `${sandbox.url}/handset/media/${shop.accountSid}/${latest()?.sid}/${latest()?.media[0]?.sid}`,
  );
  expect(await media.text()).toBe(script);
  expect(media.headers.get("content-security-policy")).toContain("sandbox");
  expect(media.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["no picture", new File(["<h1>"], "a.html", { type: "text/html" })],
  ["over 5 MB", new File([new Uint8Array(5 * megabyte + 1)], "a.png", { type: "image/png" })],
  ["far over 5 MB", new File([new Uint8Array(7 * megabyte)], "a.png", { type: "image/png" })],
])("a file that is %s is refused in words", async (_name, file) => {
  const referer = `${sandbox.url}/?pane=phone`;
  const answer = await send("/handset/messages", textWith(file), { referer });
  expect(answer.headers.get("location")).toBe("/?pane=phone&wrong=picture");
  expect(latest()?.body).not.toBe("Look");
  expect(await (await fetch(`${sandbox.url}/?wrong=picture`)).text()).toContain("larger than 5 MB");
});

test("another site's page can do nothing here, and no form leads away", async () => {
  const foreign: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example" },
  ];
  for (const headers of foreign)
    expect((await send("/handset/messages", textWith(), headers)).status).toBe(403);
  for (const back of ["https://evil.example/?a=b", "//evil.example/?a=b", "/\\evil.example?a=b"]) {
    const answer = await send("/handset/faults", new URLSearchParams({ kind: "hang", times: "1", back }));
    expect(answer.headers.get("location")).toBe("/");
  }
});

test("a fault says what was chosen, and a path only where it can matter", async () => {
  const add = (form: Record<string, string>) => send("/handset/faults", new URLSearchParams(form));
  await add({ kind: "messageFails", times: "5", code: "30007", path: "/Messages" });
  await add({ kind: "latency", times: "", code: "30003", path: " /Messages " });
  await add({ kind: "earthquake", times: "1" });
  expect(sandbox.world.faults.list()).toMatchObject([
    { kind: "messageFails", times: 5, code: 30007, path: undefined },
    { kind: "latency", times: null, code: undefined, path: "/Messages" },
  ]);
});

test("the log shows calls without credentials", async () => {
  const authorization = `Basic ${Buffer.from(`${shop.accountSid}:${shop.authToken}`).toString("base64")}`;
  await fetch(`${sandbox.url}/2010-04-01/Accounts/${shop.accountSid}.json`, { headers: { authorization } });
  await expect.poll(() => sandbox.world.log.list().length).toBe(1);
  const page = await (await fetch(sandbox.url)).text();
  expect(page).toContain("Basic …");
  for (const secret of [shop.authToken, authorization]) expect(page).not.toContain(secret);
});

const add = (phoneNumber: string) =>
  send("/handset/phones", new URLSearchParams({ account: shop.accountSid, name: "", phoneNumber }));
const page = async (query: string) => (await fetch(`${sandbox.url}/?${query}`)).text();

test.each([
  ["+1 (501) 208-0555", "+15012080555"],
  ["32665", "32665"],
  ["WALNUT", "WALNUT"],
  ["whatsapp:+1 501 208 0555", "whatsapp:+15012080555"],
  ["rcs:walnut_agent", "rcs:walnut_agent"],
])("%s may text", async (given, phone) => {
  expect((await add(given)).headers.get("location")).toContain(new URLSearchParams({ phone }).toString());
  expect(sandbox.world.accounts.get(shop.accountSid)?.phones.at(-1)?.phoneNumber).toBe(phone);
});

test.each(["", "12", "a name that is too long", "+1501<script>", "whatsapp:?"])(
  "%j may not",
  async (given) => {
    expect((await add(given)).headers.get("location")).toContain("wrong=phone");
  },
);

test("who texts from another channel texts the number there, and reads what comes back", async () => {
  await add(`whatsapp:${anna}`);
  const query = new URLSearchParams({ phone: `whatsapp:${anna}`, number: shopNumber }).toString();
  const [, to = ""] = /name="to" value="([^"]*)"/.exec(await page(query)) ?? [];
  expect(to).toBe(`whatsapp:${shopNumber}`);
  await sandbox.world.phoneTexts({ from: `whatsapp:${anna}`, to, body: "Hello from the other app" });
  expect(await page(query)).toContain('<div class="bubble">Hello from the other app</div>');
  expect(await page(query)).not.toContain("Is the walnut shelf still there?</div>");
});

test("faults that only a script can describe are no buttons", async () => {
  const buttons = await page("pane=faults");
  expect(buttons).toContain('value="nextPageDead"');
  expect(buttons).not.toContain('value="answer"');
  await send("/handset/faults", new URLSearchParams({ kind: "answer", times: "1" }));
  expect(sandbox.world.faults.list()).toEqual([]);
});
