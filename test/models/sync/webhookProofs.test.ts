import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoreUnavailable } from "../../../src/models/errors.ts";
import type { SyncStore } from "../../../src/models/sync/store.ts";
import { WebhookProofs } from "../../../src/models/sync/webhookProofs.ts";
import type { Sync } from "../../../src/models/types.ts";

const start = new Date("2026-11-25T12:00:00Z").getTime();
beforeEach(() => void vi.useFakeTimers({ now: start, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

function proofsOf(smsUrl: string | undefined, fails = false) {
  const notes: [string, Partial<Sync>][] = [];
  const faults: unknown[] = [];
  const syncs = {
    update: (sid: string, change: Partial<Sync>) => {
      notes.push([sid, change]);
      return fails ? Promise.reject(new StoreUnavailable()) : Promise.resolve();
    },
  } as unknown as SyncStore;
  const proofs = new WebhookProofs({ syncs }, smsUrl, (error) => faults.push(error));
  return { proofs, notes, faults };
}

test("a webhook is noted with its time and the address that Twilio was given", () => {
  const { proofs, notes } = proofsOf("https://inbox.example/sms");
  proofs.note("AC1");
  expect(notes).toEqual([["AC1", { webhookAt: new Date(start), webhookUrl: "https://inbox.example/sms" }]]);
});

test("without a public address there is a time, and no address", () => {
  const { proofs, notes } = proofsOf(undefined);
  proofs.note("AC1");
  expect(notes[0]?.[1].webhookUrl).toBeNull();
});

test("of an account's webhooks one in ten seconds is noted, each account's by itself", () => {
  const { proofs, notes } = proofsOf(undefined);
  proofs.note("AC1");
  vi.setSystemTime(start + 9_999);
  proofs.note("AC1");
  proofs.note("AC2");
  vi.setSystemTime(start + 10_000);
  proofs.note("AC1");
  const times = notes.map(([sid, { webhookAt }]) => [sid, (webhookAt?.getTime() ?? 0) - start]);
  expect(times).toEqual([
    ["AC1", 0],
    ["AC2", 9_999],
    ["AC1", 10_000],
  ]);
});

test("what cannot be noted is told, and hurts nobody's text", async () => {
  const { proofs, faults } = proofsOf(undefined, true);
  expect(() => proofs.note("AC1")).not.toThrow();
  await expect.poll(() => faults).toEqual([expect.any(StoreUnavailable)]);
});
