import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Change, MediaPart } from "../../../src/models/types.ts";
import type { Store } from "../../../src/store/store.ts";
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
});
