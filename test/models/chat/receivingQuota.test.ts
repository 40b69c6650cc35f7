import { expect, test } from "vitest";
import { ReceivingQuota } from "../../../src/models/chat/receivingQuota.ts";
import { StoreUnavailable, TooMany } from "../../../src/models/errors.ts";
import { Limits } from "../../../src/models/limits.ts";
import { countedLimits } from "../../support/limits.ts";

const kib = 1_024;
// Beside the words of a text, its row takes 500 bytes.
const rest = 500;
const noted = (spent: Map<string, number>) => spent.get("received AC1") ?? 0;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function quotaOf(points: number) {
  const { limits, spent } = countedLimits({ received: points });
  const faults: unknown[] = [];
  const quota = new ReceivingQuota(limits, (error) => faults.push(error));
  return { spent, faults, take: (bytes: number, sid = "AC1") => quota.take(sid, "x".repeat(bytes - rest)) };
}

test("texts are noted in the store by the mebibyte, and not before", async () => {
  const { take, spent } = quotaOf(1e9);
  take(kib * kib - 1);
  await turn();
  expect(noted(spent)).toBe(0);
  take(rest);
  await turn();
  expect(noted(spent)).toBe(1_024);
  take(kib * kib);
  await turn();
  expect(noted(spent)).toBe(2_048);
});

test("what counts are bytes as they are stored, not signs", async () => {
  const { limits, spent } = countedLimits({ received: 1e9 });
  const quota = new ReceivingQuota(limits, () => undefined);
  quota.take("AC1", "é".repeat((kib * kib) / 2));
  await turn();
  expect(noted(spent)).toBe(1_024);
});

test("a day's worth to the last byte is taken, more refuses the account, and that account only", async () => {
  const { take } = quotaOf(1_024);
  take(kib * kib);
  await turn();
  take(kib * kib);
  await turn();
  expect(() => take(rest)).toThrow(TooMany);
  expect(() => take(rest, "AC2")).not.toThrow();
});

test("once the refusal has run out, texts are taken again", async () => {
  const past = new TooMany("Enough for today.", 0, "received");
  const limits = { spend: () => Promise.reject(past) } as unknown as Limits;
  const quota = new ReceivingQuota(limits, () => undefined);
  quota.take("AC1", "x".repeat(kib * kib));
  await turn();
  expect(() => quota.take("AC1", "")).not.toThrow();
});

test("while the storage is away nothing is refused, and whoever runs the server hears why nothing was noted", async () => {
  const away = new StoreUnavailable();
  const limits = { spend: () => Promise.reject(away) } as unknown as Limits;
  const faults: unknown[] = [];
  const quota = new ReceivingQuota(limits, (error) => faults.push(error));
  quota.take("AC1", "x".repeat(kib * kib));
  await turn();
  expect(faults).toEqual([away]);
  expect(() => quota.take("AC1", "")).not.toThrow();
});
