import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../src/models/types.ts";
import type { ParleyStore } from "../../src/store/store.ts";
import { engines, openTestStore, signedIn, twilioMessage, type TestStore } from "../support/stores.ts";

const webhook = { source: "webhook", unread: true, announce: true } as const;
const log = { source: "log", unread: true, announce: true } as const;
const pair = { twilioNumber: "+15550001111", target: "+15552223333" };

for (const engine of engines)
  describe(`messages on ${engine}`, () => {
    let opened: TestStore;
    let store: ParleyStore;
    let account: string;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      account = await signedIn(store);
    });

    async function changes(): Promise<Change[]> {
      return ((await store.events.since(account, 0)) ?? []).map(({ change }) => change);
    }

    test("the same message five times at once is one row and one unread", async () => {
      const message = twilioMessage();
      const answers = await Promise.all(
        [webhook, webhook, log, webhook, webhook].map((options) =>
          store.messages.record(account, [message], options),
        ),
      );
      expect(answers.flat().map(({ outcome }) => outcome)).toEqual([
        "added",
        ...Array<string>(4).fill("unchanged"),
      ]);
      expect(await store.messages.thread(account, pair, { limit: 10 })).toMatchObject([{ sid: message.sid }]);
      expect(await store.conversations.find(account, pair)).toMatchObject({
        unread: 1,
        name: null,
        lastMessage: { body: "Hello", direction: "inbound", numMedia: 0, at: message.at },
      });
      expect(await changes()).toEqual([{ kind: "message", messageId: message.sid }]);
    });
  });
