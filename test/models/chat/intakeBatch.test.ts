import { expect, test } from "vitest";
import { IntakeBatch } from "../../../src/models/chat/intakeBatch.ts";
import type { Message } from "../../../src/models/types.ts";
import { inbound, ours, outbound } from "../../support/messages.ts";

const batchOf = (...messages: Message[]) => new IntakeBatch({ messages, waiting: [], now: new Date(1e12) });

test("a message that was begun in the batch may move in it", () => {
  const batch = batchOf();
  batch.begin(ours());
  expect(batch.mark("form-1", "handed")).toBe(true);
  expect(batch.saved.get("form-1")).toMatchObject({ status: "handed" });
});

test("a move to where it stands already is no news", () => {
  const batch = batchOf(ours({ status: "handed" }));
  expect(batch.mark("form-1", "handed")).toBe(false);
  const checking = batchOf(ours({ status: "checking" }));
  checking.mark("form-1", "checking");
  expect([checking.changes, checking.saved.size]).toEqual([[], 0]);
});

test("a row that its own answer replaces, is removed and not written, all in one batch", () => {
  const told = outbound({ body: "Hi", status: "sent" });
  const batch = batchOf(ours({ status: "handed" }));
  // Before the answer nobody can tell that this is ours: it went to somebody else.
  batch.take([{ ...told, target: "+15559998888" }], "log");
  const [seen] = [...batch.saved.keys()];
  expect(seen).toBe(told.sid);
  batch.take([{ ...told, answers: "form-1" }], "answer");
  expect([...batch.saved.keys()]).toEqual(["form-1"]);
  expect([...batch.removed.keys()]).toEqual([told.sid]);
  expect(batch.changes).toContainEqual({ kind: "messageRemoved", messageId: told.sid });
});

test("what Twilio was asked about without news is noted for ours on their way only", () => {
  const message = (change: Partial<Message>) =>
    ours({ id: change.sid ?? "", status: "sent", at: new Date(1e12), ...change });
  const [way, end, theirs] = [outbound(), outbound(), inbound()];
  const batch = batchOf(
    message({ sid: way.sid }),
    message({ sid: end.sid, status: "delivered" }),
    message({ sid: theirs.sid, direction: "inbound", status: "received", body: "Hello" }),
  );
  batch.take([{ ...way, status: "sent" }, { ...end, status: "delivered" }, theirs], "log");
  expect([...batch.asked]).toEqual([way.sid]);
});

test("a deletion at Twilio removes the message and is told, with its conversation", () => {
  const told = inbound();
  const batch = batchOf();
  batch.take([told], "webhook");
  batch.changes.length = 0;
  batch.remove(told.sid);
  expect([[...batch.saved.keys()], [...batch.removed.keys()]]).toEqual([[], [told.sid]]);
  expect(batch.changes.map(({ kind }) => kind)).toEqual(["messageRemoved", "conversation"]);
});

test("an answer for a message that is not here any more is not unread", () => {
  const [taken] = batchOf().take([outbound({ answers: "form-1" })], "answer");
  expect(taken).toMatchObject({ outcome: "changed", unread: 0 });
});
