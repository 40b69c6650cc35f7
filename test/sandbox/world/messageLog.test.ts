import { describe, expect, test } from "vitest";
import { MessageLog } from "../../../src/sandbox/world/messageLog.ts";
import type { SandboxMessage } from "../../../src/sandbox/world/resources.ts";
import { anna, ben } from "../../support/people.ts";
import { messageOf } from "./worlds.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second));
const created = (second: number, draft: Partial<SandboxMessage> = {}) =>
  messageOf({ body: `At ${second}`, dateCreated: at(second), ...draft });
const bodies = (messages: SandboxMessage[] = []) => messages.map(({ body }) => body);

function logOf(...messages: SandboxMessage[]): MessageLog {
  const log = new MessageLog();
  for (const message of messages) log.add(message);
  return log;
}

describe("the order", () => {
  test("is newest first, whatever order messages came in", () => {
    expect(bodies(logOf(created(2), created(3), created(1)).all())).toEqual(["At 3", "At 2", "At 1"]);
  });

  test("is by the time of sending where there is one", () => {
    const waited = created(1, { body: "Waited", dateSent: at(9) });
    expect(bodies(logOf(waited, created(5)).all())).toEqual(["Waited", "At 5"]);
  });

  test("has what came last on top where times are the same", () => {
    const log = logOf(created(1, { body: "First" }), created(1, { body: "Second" }));
    expect(bodies(log.all())).toEqual(["Second", "First"]);
  });

  test("follows a message that has been sent in the meantime, once it is moved", () => {
    const queued = created(1, { body: "Queued" });
    const log = logOf(queued, created(2));
    queued.dateSent = at(3);
    log.move(queued);
    expect(bodies(log.all())).toEqual(["Queued", "At 2"]);
  });

  test("is not disturbed by a message that was deleted before it left", () => {
    const log = logOf(created(1));
    log.move(created(2));
    expect(bodies(log.all())).toEqual(["At 1"]);
  });
});

test("a message is found and removed by its SID, once", () => {
  const message = created(1);
  const log = logOf(message, created(2));
  expect(log.find(message.sid)).toBe(message);
  expect([log.remove(message.sid), log.remove(message.sid)]).toEqual([true, false]);
  expect([log.find(message.sid), bodies(log.all())]).toEqual([undefined, ["At 2"]]);
});

test("between two moments is from the first up to, not with, the second; oldest first", () => {
  const log = logOf(created(1), created(2), created(3), created(4));
  expect(bodies(log.between(at(2), at(4)))).toEqual(["At 2", "At 3"]);
  expect(bodies(log.between(at(5), at(9)))).toEqual([]);
  expect(bodies(new MessageLog().between(at(0), at(9)))).toEqual([]);
});

describe("a page", () => {
  const messages = [1, 2, 3, 4, 5].map((second) => created(second));
  const log = logOf(...messages);
  const sidOf = (second: number) => messages[second - 1]?.sid ?? "";
  const everything = () => true;

  test("begins with the newest and says whether there are more", () => {
    const page = log.page(everything, { size: 2 });
    expect([bodies(page?.messages), page?.more]).toEqual([["At 5", "At 4"], true]);
    expect(log.page(everything, { size: 5 })?.more).toBe(false);
  });

  test("goes on after the last message of the one before", () => {
    const page = log.page(everything, { size: 2, after: sidOf(3) });
    expect([bodies(page?.messages), page?.more]).toEqual([["At 2", "At 1"], false]);
  });

  test("leads back to the messages right before one, newest first", () => {
    const page = log.page(everything, { size: 2, before: sidOf(2) });
    expect([bodies(page?.messages), page?.more]).toEqual([["At 4", "At 3"], true]);
    expect(bodies(log.page(everything, { size: 9, before: sidOf(4) })?.messages)).toEqual(["At 5"]);
  });

  test("counts only what matches, also for whether there are more", () => {
    const odd = ({ body }: SandboxMessage) => /[135]$/.test(body);
    const page = log.page(odd, { size: 2 });
    expect([bodies(page?.messages), page?.more]).toEqual([["At 5", "At 3"], true]);
    expect(log.page(odd, { size: 3 })?.more).toBe(false);
    expect(bodies(log.page(odd, { size: 2, skipped: 1 })?.messages)).toEqual(["At 3", "At 1"]);
  });

  test("next to an unknown message there is none", () => {
    expect(log.page(everything, { size: 2, after: "SM0" })).toBeUndefined();
    expect(log.page(everything, { size: 2, before: "SM0" })).toBeUndefined();
  });

  test("stays where it is while new messages come on top", () => {
    const growing = logOf(...messages);
    const first = growing.page(everything, { size: 2 });
    growing.add(created(6, { from: ben, to: anna }));
    const next = growing.page(everything, { size: 2, after: first?.messages.at(-1)?.sid });
    expect(bodies(next?.messages)).toEqual(["At 3", "At 2"]);
  });
});
