import { expect, test } from "vitest";
import { isSilent } from "../../../src/models/sync/silence.ts";

const now = new Date(1e12);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

test("Twilio is silent when its log was not seen for more than three minutes", () => {
  expect(isSilent({ state: "done", seenUntil: minutesAgo(3) }, now)).toBe(false);
  expect(isSilent({ state: "done", seenUntil: minutesAgo(3.1) }, now)).toBe(true);
});

test("it is not, as long as the history is read or nothing was ever seen", () => {
  expect(isSilent({ state: "running", seenUntil: minutesAgo(10) }, now)).toBe(false);
  expect(isSilent({ state: "done", seenUntil: null }, now)).toBe(false);
});
