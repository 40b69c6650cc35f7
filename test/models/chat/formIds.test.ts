import { expect, test } from "vitest";
import { changedId, retryId } from "../../../src/models/chat/formIds.ts";
import { pair } from "../../support/messages.ts";

test("a second click on Retry is the first message, and retrying the retried one is another", () => {
  const first = retryId("form-1");
  expect(retryId("form-1")).toBe(first);
  const second = retryId(first);
  expect(new Set(["form-1", first, second, retryId(second)]).size).toBe(4);
  expect(retryId(first)).toBe(second);
  expect([first, second]).toEqual(["retry-1-form-1", "retry-2-form-1"]);
});

test("ids of failures that look like one another never meet", () => {
  expect(retryId("retry-1-form-1")).not.toBe(retryId("form-1"));
  expect(retryId("retry-form-1")).not.toBe(retryId("form-1"));
});

test("a changed text under an old form's id has an id of its own, the same for the same text", () => {
  const draft = { ...pair, id: "form-1", body: "Hi" };
  const changes = [
    { body: "Ho" },
    { target: "+15559998888" },
    { twilioNumber: "+15559998888" },
    { id: "form-2" },
  ];
  const ids = [draft, ...changes.map((change) => ({ ...draft, ...change }))].map(changedId);
  expect(new Set(ids).size).toBe(5);
  expect(changedId({ ...draft })).toBe(ids[0]);
  expect(ids.every((id) => /^[\da-f]{32}$/.test(id))).toBe(true);
});
