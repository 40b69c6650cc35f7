import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Change, MediaPart } from "../../../src/models/types.ts";
import { NotFound } from "../../../src/models/errors.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

const part = (contentType: string): MediaPart => ({
  sid: `ME${randomBytes(16).toString("hex")}`,
  contentType,
});
const pictured = (media: MediaPart[]) => ({ ...twilioMessage({ body: "", numMedia: media.length }), media });

/** As the log tells it. */
const bare = (told: ReturnType<typeof pictured>) => ({ ...told, media: undefined });

describe.each(engines)("media on %s", (engine) => {
  let opened: TestStore;
  let store: Store;
  let sid: string;
  beforeAll(async () => {
    opened = await openTestStore(engine);
    store = opened.store;
    sid = await signedIn(store);
  });
  afterAll(() => opened.close());

  const changesSince = async (cursor: number): Promise<Change[]> =>
    ((await store.events.since(sid, cursor)) ?? []).map(({ change }) => change);

  test("the parts of a message stand in their order", async () => {
    const media = [part("image/png"), part("text/vcard"), part("image/jpeg")];
    const told = pictured(media);
    await store.messages.take(sid, [told], "webhook");
    expect((await store.messages.find(sid, told.sid))?.media).toEqual(media);
    expect((await store.messages.thread(sid, told, { limit: 1 }))[0]?.media).toEqual(media);
  });

  test("they are another account's nowhere", async () => {
    const other = await signedIn(store);
    const told = pictured([part("image/png")]);
    await store.messages.take(sid, [told], "webhook");
    await store.messages.take(other, [bare(told)], "log");
    expect((await store.messages.find(other, told.sid))?.media).toBeUndefined();
  });

  test("told twice they are there once, and tell nobody again", async () => {
    const told = pictured([part("image/png")]);
    await store.messages.take(sid, [told], "webhook");
    const cursor = await store.events.cursor();
    await store.messages.take(sid, [told], "webhook");
    expect((await store.messages.find(sid, told.sid))?.media).toEqual(told.media);
    expect(await changesSince(cursor)).toEqual([]);
  });

  test("a webhook after the log brings them, and open pages hear of it", async () => {
    const told = pictured([part("image/png")]);
    await store.messages.take(sid, [bare(told)], "log");
    expect((await store.messages.find(sid, told.sid))?.media).toBeUndefined();
    const cursor = await store.events.cursor();
    await store.messages.take(sid, [told], "webhook");
    expect((await store.messages.find(sid, told.sid))?.media).toEqual(told.media);
    expect(await changesSince(cursor)).toEqual([{ kind: "changed", messageId: told.sid }]);
  });

  test("they go with their message", async () => {
    const told = pictured([part("image/png")]);
    await store.messages.take(sid, [told], "webhook");
    await store.messages.remove(sid, told.sid);
    await store.messages.take(sid, [bare(told)], "log");
    expect((await store.messages.find(sid, told.sid))?.media).toBeUndefined();
  });

  test("they go with their account", async () => {
    const leaving = await signedIn(store);
    const told = pictured([part("image/png")]);
    await store.messages.take(leaving, [told], "webhook");
    await store.accounts.erase(leaving);
    await store.accounts.save({ sid: leaving, friendlyName: "", type: "Full", status: "active" }, "again");
    await store.messages.take(leaving, [bare(told)], "log");
    expect((await store.messages.find(leaving, told.sid))?.media).toBeUndefined();
  });

  const bytes = async function* () {
    yield Buffer.from(await Promise.resolve("bytes of a picture"));
  };

  test("their bytes go with the last message that had them", async () => {
    const [kept, removed] = [pictured([part("image/png")]), pictured([part("image/png")])];
    await store.messages.take(sid, [kept, removed], "webhook");
    const file = ({ media }: typeof kept) => store.media.file(sid, media[0]?.sid ?? "");
    for (const { media } of [kept, removed]) await store.media.keepFile(sid, media[0]?.sid ?? "", bytes());
    expect(await file(removed)).toMatch(/ME[0-9a-f]{32}$/);
    await store.messages.remove(sid, removed.sid);
    await expect.poll(() => file(removed)).toBeUndefined();
    expect(await file(kept)).toBeDefined();
  });

  test("what cannot be read to its end leaves nothing", async () => {
    const { sid: media } = part("image/png");
    const broken = async function* () {
      yield* bytes();
      throw new Error("the line broke");
    };
    await expect(store.media.keepFile(sid, media, broken())).rejects.toThrow("the line broke");
    expect(await store.media.file(sid, media)).toBeUndefined();
  });

  test("nobody has a file of a name of their own", async () => {
    await expect(store.media.file(sid, "../../session-secret")).rejects.toBeInstanceOf(NotFound);
    await expect(store.media.file(`AC${"0".repeat(32)}`, part("image/png").sid)).rejects.toBeInstanceOf(
      NotFound,
    );
  });
});

test("who logs out at one instance leaves no files at the other either", async () => {
  const opened = await openTestStore("postgres");
  const dataDir = await mkdtemp(join(tmpdir(), "parley-store-"));
  const other = await openStore({ ...opened.options, dataDir });
  const sid = await signedIn(opened.store);
  const { sid: media } = part("image/png");
  const path = await other.media.keepFile(sid, media, Readable.from([Buffer.from("bytes")]));
  expect(existsSync(path)).toBe(true);
  await opened.store.accounts.erase(sid);
  await expect.poll(() => existsSync(path)).toBe(false);
  await other.close();
  await opened.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("a process that ended in the middle of a logout leaves no files to the next", async () => {
  const opened = await openTestStore("sqlite");
  const sid = await signedIn(opened.store);
  const path = await opened.store.media.keepFile(
    sid,
    part("image/png").sid,
    Readable.from([Buffer.from("bytes")]),
  );
  const leftOver = join(dirname(path), "../4711/left-over");
  await mkdir(dirname(leftOver));
  await writeFile(leftOver, "bytes");
  await opened.store.close();
  const again = await openStore(opened.options);
  expect([existsSync(leftOver), existsSync(path)]).toEqual([false, true]);
  await again.close();
  await rm(opened.options.dataDir, { recursive: true, force: true });
});
