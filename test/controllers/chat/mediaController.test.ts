import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paths } from "../../../src/helpers/paths.ts";
import type { NewMedia } from "../../../src/sandbox/world/newMessage.ts";
import { hearTexts, mediaCalls, png } from "../../support/media.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley({
    tuning: { media: { timeoutMs: 300, mostBytes: 100_000, retryDelays: [20, 40] } },
  });
  hearTexts(parley);
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

async function texted(...media: NewMedia[]): Promise<string> {
  const { message } = await parley.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "", media });
  return message.sid;
}
const get = (sid: string, position = 0) => visitor.get(paths.media(sid, position)).buffer(true);
const fetches = (sid: string) =>
  mediaCalls(parley).filter((url) => url.startsWith("/2010-04-01") && url.includes(`${sid}/Media/ME`)).length;
const file = (contentType: string, text = "anything"): NewMedia => ({
  contentType,
  content: Buffer.from(text),
});

test("a picture is shown as it was sent, and nothing in it may run", async () => {
  const picture = png();
  const answer = await get(await texted(picture));
  expect(answer.status).toBe(200);
  expect(Buffer.compare(answer.body as Buffer, picture.content)).toBe(0);
  expect(answer.headers).toMatchObject({
    "content-type": "image/png",
    "content-disposition": 'inline; filename="attachment-1.png"',
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=3600",
  });
});

test.each([
  ["image/heic", "image/heic", 'attachment; filename="attachment-1.heic"'],
  ["text/html", "application/octet-stream", 'attachment; filename="attachment-1.bin"'],
  ["image/svg+xml", "application/octet-stream", 'attachment; filename="attachment-1.svg"'],
  ["text/x-vcard", "text/vcard", 'attachment; filename="attachment-1.vcf"'],
  ["application/pdf", "application/pdf", 'inline; filename="attachment-1.pdf"'],
])("%s is served as %s, %s", async (contentType, served, disposition) => {
  const answer = await get(await texted(file(contentType)));
  expect(String(answer.headers["content-type"])).toContain(served);
  expect(answer.headers["content-disposition"]).toBe(disposition);
});

test("each part has its own address, and beyond the last there is none", async () => {
  const sid = await texted(file("text/plain", "first"), file("text/plain", "second"));
  expect((await get(sid, 1)).text).toBe("second");
  expect((await get(sid, 2)).status).toBe(404);
  expect((await visitor.get(`/media/${sid}/x`)).status).toBe(404);
  expect((await get(`MM${"0".repeat(32)}`)).status).toBe(404);
});

test("Twilio is asked once, also by many at the same time and later", async () => {
  const sid = await texted(png());
  const answers = await Promise.all([get(sid), get(sid), get(sid)]);
  answers.push(await get(sid));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(fetches(sid)).toBe(1);
});

test("a part of a film can be asked for", async () => {
  const sid = await texted(file("video/mp4", "0123456789"));
  const answer = await get(sid).set("Range", "bytes=2-4");
  expect([answer.status, answer.headers["content-range"]]).toEqual([206, "bytes 2-4/10"]);
});

test("nobody but its account sees it", async () => {
  const sid = await texted(png());
  expect((await get(sid)).status).toBe(200);
  const other = visit(parley.url);
  await other.signIn(beginner);
  expect((await other.get(paths.media(sid, 0))).status).toBe(404);
  const stranger = await visit(parley.url).get(paths.media(sid, 0));
  expect([stranger.status, stranger.headers.location?.split("?")[0]]).toEqual([303, "/login"]);
});

test("what is too large is not fetched, and leaves nothing behind", async () => {
  const before = cached().length;
  const answer = await get(await texted(file("image/png", "x".repeat(100_001))));
  expect([answer.status, answer.text]).toEqual([413, expect.stringContaining("larger than Parley fetches")]);
  expect(cached()).toHaveLength(before);
});

test("what Twilio has deleted is gone", async () => {
  const sid = await texted(png());
  const message = parley.sandbox.world.accounts.get(shop.accountSid)?.log.find(sid);
  if (message) message.media = [];
  const answer = await get(sid);
  expect([answer.status, answer.text]).toEqual([
    404,
    expect.stringContaining("no longer has this attachment"),
  ]);
  // Right after the text Twilio may only not have it yet.
  expect(fetches(sid)).toBe(3);
});

test("only the server's own user may read the files", async () => {
  await get(await texted(png()));
  expect(cached().map((path) => statSync(path).mode & 0o777)).toContain(0o600);
  expect(new Set(cached().map((path) => statSync(path).mode & 0o077))).toEqual(new Set([0]));
});

test("logging out removes the files", async () => {
  await get(await texted(png()));
  expect(cached().length).toBeGreaterThan(0);
  await visitor.submit("/chat", "/logout", { confirmed: "yes" });
  await expect.poll(cached).toEqual([]);
});

test("what was not used for longest makes room", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-media-"));
  const small = await startParley({ config: { dataDir, mediaCacheBytes: 2_000 } });
  hearTexts(small);
  const owner = visit(small.url);
  await owner.signIn(shop);
  const sids: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const media = [file("text/plain", String(count).repeat(800))];
    const { message } = await small.sandbox.world.phoneTexts({ from: ben, to: shopNumber, body: "", media });
    sids.push(message.sid);
    expect((await owner.get(paths.media(message.sid, 0))).status).toBe(200);
  }
  expect(filesIn(dataDir)).toHaveLength(2);
  expect((await owner.get(paths.media(sids[0] ?? "", 0))).text).toBe("0".repeat(800));
  await small.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const cached = () => filesIn(parley.dataDir);

function filesIn(dataDir: string): string[] {
  try {
    const entries = readdirSync(join(dataDir, "media"), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}
