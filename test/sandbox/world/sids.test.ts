import { expect, test } from "vitest";
import { newKey } from "../../../src/sandbox/world/keys.ts";
import { newSid, newToken } from "../../../src/sandbox/world/sids.ts";

test("a SID is its two letters and 32 hex digits, and no two are the same", () => {
  const sids = Array.from({ length: 100 }, () => newSid("SM"));
  expect(sids.filter((sid) => !/^SM[0-9a-f]{32}$/.test(sid))).toEqual([]);
  expect(new Set(sids).size).toBe(100);
});

test("a token is 32 hex digits, as Twilio's are", () => {
  expect(newToken()).toMatch(/^[0-9a-f]{32}$/);
  expect(newToken()).not.toBe(newToken());
});

test("a key makes up what it is not told, and keeps what it is", () => {
  expect(newKey({})).toMatchObject({
    sid: expect.stringMatching(/^SK[0-9a-f]{32}$/) as string,
    secret: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
    friendlyName: "",
  });
  const told = { sid: `SK${"ab".repeat(16)}`, secret: "hush", friendlyName: "Inbox" };
  expect(newKey(told)).toMatchObject(told);
});
