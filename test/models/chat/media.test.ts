import { afterAll, beforeAll, expect, test } from "vitest";
import type { SandboxMessage } from "../../../src/sandbox/world/resources.ts";
import { mediaCalls, png } from "../../support/media.ts";
import { chatPath } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, ben, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually, watch } from "../../support/watching.ts";

// Without a webhook everything comes by the log, which tells only how many parts there are.
let parley: Parley;
let visitor: Visitor;
let old: SandboxMessage | undefined;
beforeAll(async () => {
  parley = await startParley({ publicUrl: "none", tuning: { quickPollMs: 50 } });
  old = inLog().find(({ body }) => body.startsWith("Is the walnut shelf"));
  if (old) old.numMedia = 1;
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const inLog = () => parley.sandbox.world.messages(shop.accountSid);
const stored = (sid: string) => parley.server.dependencies.store.messages.find(shop.accountSid, sid);
const open = () => visitor.get(chatPath(ben));
const lists = (sid: string) => mediaCalls(parley).filter((url) => url.includes(`${sid}/Media.json`)).length;

async function logged(media = [png()]): Promise<string> {
  const { world } = parley.sandbox;
  const { message } = await world.phoneTexts({ from: ben, to: shopNumber, body: "", media });
  await eventually(parley, async () => (await stored(message.sid)) !== undefined);
  return message.sid;
}

test("opening a conversation brings the parts of what the log told, and open pages hear of it", async () => {
  const page = await watch(parley, visitor);
  const sid = await logged([png(), { contentType: "text/x-vcard", content: Buffer.from("BEGIN:VCARD") }]);
  expect((await stored(sid))?.media).toBeUndefined();
  await open();
  await page.until(`/media/${sid}/0`);
  const sids = inLog()
    .find((message) => message.sid === sid)
    ?.media.map((part) => part.sid);
  expect((await stored(sid))?.media).toEqual([
    { sid: sids?.[0], contentType: "image/png" },
    { sid: sids?.[1], contentType: "text/vcard" },
  ]);
  page.close();
});

test("so does looking at an open one in which a picture has just come", async () => {
  const page = await watch(parley, visitor);
  const sid = await logged();
  await visitor.submit("/chat", `${chatPath(ben)}/readings`, {});
  await page.until(`/media/${sid}/0`);
  page.close();
});

test("Twilio is asked once, however often it is opened", async () => {
  const page = await watch(parley, visitor);
  const sid = await logged();
  await Promise.all([open(), open(), open()]);
  await eventually(parley, async () => (await stored(sid))?.media !== undefined);
  await open();
  expect(lists(sid)).toBe(1);
  page.close();
});

test("that Twilio has deleted them is remembered, and said", async () => {
  const sid = old?.sid ?? "";
  await eventually(parley, async () => (await stored(sid)) !== undefined);
  await visitor.get(chatPath(anna));
  await eventually(parley, async () => (await stored(sid))?.media !== undefined);
  expect((await stored(sid))?.media).toEqual([]);
  expect((await visitor.get(chatPath(anna))).text).toContain("Twilio no longer has this attachment");
});

test("one that has just come may not be there yet, and is asked for again later", async () => {
  const page = await watch(parley, visitor);
  const sid = await logged();
  page.close();
  const entry = inLog().find(({ sid: logged }) => logged === sid);
  if (entry) entry.media = [];
  await open();
  await expect.poll(() => lists(sid)).toBe(1);
  await parley.server.dependencies.models.media.stop();
  expect((await stored(sid))?.media).toBeUndefined();
});
