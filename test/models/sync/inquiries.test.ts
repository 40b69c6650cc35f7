import { expect, test } from "vitest";
import type { Accounts } from "../../../src/models/account/accounts.ts";
import type { MessageStore } from "../../../src/models/chat/store.ts";
import type { MessageApi, TwilioClock } from "../../../src/models/chat/twilio.ts";
import { TwilioUnreachable } from "../../../src/models/errors.ts";
import { Inquiries } from "../../../src/models/sync/inquiries.ts";
import type { Message, TwilioMessage } from "../../../src/models/types.ts";
import { ours } from "../../support/messages.ts";
import { twilioMessage } from "../../support/stores.ts";

const now = new Date("2026-11-25T12:00:00Z");
const since = new Date("2026-11-25T11:00:00Z");
const patience = { stuckMs: 120_000, indexLagMs: 300_000 };
const accounts = {
  credentials: (accountSid: string) => Promise.resolve({ accountSid, authToken: "token" }),
} as unknown as Accounts;

/** What is cached, and what Twilio has of it: undefined for what was removed there, an error while it is away. */
function inquiriesAbout(cached: Message[], answer: (sid: string) => TwilioMessage | Error | undefined) {
  const asked: string[] = [];
  const removed: string[] = [];
  const taken: [string[], string][] = [];
  const windows: unknown[] = [];
  const messages = {
    between: (_: string, from: Date, until: Date) => {
      windows.push([from, until]);
      return Promise.resolve(cached);
    },
    unsettled: (_: string, before: Date, limit: number) => {
      windows.push([before, limit]);
      return Promise.resolve(cached.slice(0, limit));
    },
    remove: (_: string, sid: string) => Promise.resolve(void removed.push(sid)),
    take: (_: string, told: TwilioMessage[], source: string) =>
      Promise.resolve(void taken.push([told.map(({ sid }) => sid), source])),
  } as unknown as MessageStore;
  const twilio = {
    clock: { now: () => now } as TwilioClock,
    fetchMessage: (_: unknown, sid: string) => {
      asked.push(sid);
      const found = answer(sid);
      return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
    },
  } as unknown as MessageApi & { clock: TwilioClock };
  const inquiries = new Inquiries({ messages }, twilio, accounts, patience);
  return { inquiries, asked, removed, taken, windows };
}

const cachedAs = (...sids: (string | null)[]) => sids.map((sid) => ours({ id: sid ?? "form", sid }));
const there = (sid: string) => twilioMessage({ sid });

test("what the log lacks is asked about alone: what Twilio has is taken in, what it has not is removed", async () => {
  const cached = cachedAs("SM1", "SM2", "SM3");
  const { inquiries, asked, removed, taken } = inquiriesAbout(cached, (sid) =>
    sid === "SM2" ? there(sid) : undefined,
  );
  await inquiries.followRemovals("AC1", new Set(["SM1"]), since);
  expect(asked.toSorted()).toEqual(["SM2", "SM3"]);
  expect(removed).toEqual(["SM3"]);
  expect(taken).toEqual([[["SM2"], "log"]]);
});

test("nobody asks about what the log has, nor about ours that Twilio gave no SID", async () => {
  const { inquiries, asked } = inquiriesAbout(cachedAs("SM1", null), () => undefined);
  await inquiries.followRemovals("AC1", new Set(["SM1"]), since);
  expect(asked).toEqual([]);
});

test("what is so young that Twilio's log may lag behind is left out", async () => {
  const { inquiries, windows } = inquiriesAbout([], () => undefined);
  await inquiries.followRemovals("AC1", new Set(), since);
  expect(windows).toEqual([[since, new Date(now.getTime() - patience.indexLagMs)]]);
});

test("twenty are asked about at a time, each once, and after many times all of them were", async () => {
  const sids = Array.from({ length: 25 }, (_, index) => `SM${index}`);
  const { inquiries, asked } = inquiriesAbout(cachedAs(...sids), there);
  await inquiries.followRemovals("AC1", new Set(), since);
  expect(new Set(asked).size).toBe(20);
  expect(asked).toHaveLength(20);
  const seen = () => new Set(asked).size;
  for (let times = 0; times < 200 && seen() < 25; times += 1)
    await inquiries.followRemovals("AC1", new Set(), since);
  expect(seen()).toBe(25);
});

test("a message that has long been short of its end is asked about, twenty at most", async () => {
  const sids = Array.from({ length: 21 }, (_, index) => `SM${index}`);
  const { inquiries, asked, taken, windows } = inquiriesAbout(cachedAs(...sids), there);
  const before = Date.now();
  await inquiries.askAboutStuck("AC1");
  const [[time, limit] = []] = windows as [Date, number][];
  expect(limit).toBe(20);
  expect(before - (time?.getTime() ?? 0)).toBeLessThanOrEqual(patience.stuckMs);
  expect(Date.now() - (time?.getTime() ?? 0)).toBeGreaterThanOrEqual(patience.stuckMs);
  expect(asked).toEqual(sids.slice(0, 20));
  expect(taken).toHaveLength(20);
});

test("Twilio's silence removes nothing", async () => {
  const { inquiries, removed } = inquiriesAbout(cachedAs("SM1"), () => new TwilioUnreachable());
  await expect(inquiries.followRemovals("AC1", new Set(), since)).rejects.toThrow(TwilioUnreachable);
  await expect(inquiries.askAboutStuck("AC1")).rejects.toThrow(TwilioUnreachable);
  expect(removed).toEqual([]);
});
