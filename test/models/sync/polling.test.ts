import { expect, test } from "vitest";
import { paceOf, pauseAfter, pauseAfterFailures, type RoundEnd } from "../../../src/models/sync/polling.ts";

const smsUrl = "https://inbox.example/sms#rc=5&rp=all";
const proved = { webhookAt: new Date(), webhookUrl: smsUrl };
const number = { sms: true, smsUrl: "https://inbox.example/sms" };

test.each([
  ["webhooks prove to work", { sync: proved, numbers: [number], smsUrl }],
  [
    "the number's address has connection overrides, too",
    { sync: proved, numbers: [{ ...number, smsUrl }], smsUrl },
  ],
  [
    "a number that takes no texts posts none",
    { sync: proved, numbers: [number, { sms: false, smsUrl: "" }], smsUrl },
  ],
])("looks are slow when %s", (_, facts) => {
  expect(paceOf(facts)).toBe("slow");
});

test.each([
  ["no webhook ever came", { sync: { webhookAt: null, webhookUrl: null }, numbers: [number], smsUrl }],
  ["there is no public address any more", { sync: proved, numbers: [number], smsUrl: undefined }],
  [
    "the webhooks came to an earlier address",
    { sync: { ...proved, webhookUrl: "https://old.example/sms" }, numbers: [number], smsUrl },
  ],
  [
    "it is not known where they came to",
    { sync: { ...proved, webhookUrl: null }, numbers: [number], smsUrl },
  ],
  ["one number posts elsewhere", { sync: proved, numbers: [number, { sms: true, smsUrl: "" }], smsUrl }],
  [
    "one number posts to another path",
    { sync: proved, numbers: [{ sms: true, smsUrl: "https://inbox.example/sms/status" }], smsUrl },
  ],
])("looks are quick when %s", (_, facts) => {
  expect(paceOf(facts)).toBe("quick");
});

const pauses = { quick: 5, slow: 60 };
const end: RoundEnd = {
  isMine: true,
  hasMore: false,
  isWatched: true,
  isFirst: false,
  areOthersBusy: false,
  pace: "slow",
};

test.each<[string, Partial<RoundEnd>, number | undefined]>([
  ["at its pace while somebody watches", {}, 60],
  ["quickly without webhooks", { pace: "quick" }, 5],
  ["at once while pages are left", { hasMore: true, isWatched: false }, 0],
  ["not at all when nobody watches", { isWatched: false }, undefined],
  ["soon when another process has the lease and somebody watches", { isMine: false }, 5],
  ["soon when the lease may be a dead one's", { isMine: false, isWatched: false, isFirst: true }, 5],
  ["not at all when another process has the lease", { isMine: false, isWatched: false }, undefined],
  ["soon when messages may be orphans", { isWatched: false, areOthersBusy: true }, 5],
  ["at its pace when messages may be orphans and somebody watches", { areOthersBusy: true }, 60],
])("the next look comes %s", (_, change, pause) => {
  expect(pauseAfter({ ...end, ...change }, pauses)).toBe(pause);
});

test("after failures looks come ever later, up to a minute", () => {
  expect([1, 2, 3, 10].map(pauseAfterFailures)).toEqual([2_000, 4_000, 8_000, 60_000]);
});
