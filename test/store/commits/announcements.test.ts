import { expect, test } from "vitest";
import type { Change } from "../../../src/models/types.ts";
import { bounded } from "../../../src/store/commits/announcements.ts";
import { engines, openTestStore, signedIn, twilioMessage } from "../../support/stores.ts";

const changes = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({ kind: "changed", messageId: `message-${index}` }));

test("a hundred changes of an account are told one by one, more are one refresh", () => {
  expect(bounded(changes(100))).toEqual(changes(100));
  expect(bounded(changes(101))).toEqual([{ kind: "refresh" }]);
});

test("what ends sessions is told however much else there is", () => {
  const ends: Change[] = [{ kind: "sessionsEnded", sessionIds: ["one"] }, { kind: "signedOut" }];
  expect(bounded([...changes(150), ...ends])).toEqual([{ kind: "refresh" }, ...ends]);
});

test.each(engines)(
  "many texts at once of one account do not crowd out those of another on %s",
  async (engine) => {
    const opened = await openTestStore(engine);
    const { store } = opened;
    const [crowd, other] = [await signedIn(store), await signedIn(store)];
    const hear = (sid: string) => store.messages.take(sid, [twilioMessage()], "webhook");
    await Promise.all([...Array.from({ length: 130 }, () => hear(crowd)), hear(other)]);
    const kinds = async (sid: string) => (await store.events.since(sid, 0))?.map(({ change }) => change.kind);
    expect(await kinds(other)).toEqual(["received"]);
    expect(await kinds(crowd)).toHaveLength(130);
    await opened.close();
  },
);
