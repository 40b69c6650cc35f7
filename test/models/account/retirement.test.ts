import { expect, test } from "vitest";
import { Logouts } from "../../../src/models/account/logouts.ts";
import { Retirement } from "../../../src/models/account/retirement.ts";
import type { AccountStore } from "../../../src/models/account/store.ts";
import { StoreUnavailable } from "../../../src/models/errors.ts";

function noFault(error: unknown): never {
  throw error;
}

/** Accounts by when their last session ran out, without a database. */
function kept(endedAt: Record<string, Date>) {
  const asked: Date[] = [];
  const erased: string[] = [];
  const accounts = {
    unattendedSince: (time: Date) => {
      asked.push(time);
      return Promise.resolve(Object.keys(endedAt).filter((sid) => (endedAt[sid] ?? time) < time));
    },
    erase: (sid: string) => Promise.resolve(void erased.push(sid)),
  } as unknown as AccountStore;
  return { store: { accounts }, logouts: new Logouts({ accounts }, noFault), asked, erased };
}

const ago = (ms: number) => new Date(Date.now() - ms);

test("accounts whose last session ended longer ago than they are kept are logged out, the others stay", async () => {
  const { store, logouts, erased } = kept({ old: ago(90_000), older: ago(120_000), young: ago(30_000) });
  const heard: string[] = [];
  logouts.loggedOut.listen((sid) => void heard.push(sid));
  await new Retirement(store, logouts, { keepMs: 60_000, everyMs: 1, onError: noFault }).retire();
  expect(erased).toEqual(["old", "older"]);
  expect(heard).toEqual(["old", "older"]);
});

test("without a term every account is kept for ever, and the storage is not even asked", async () => {
  const { store, logouts, asked, erased } = kept({ old: new Date(0) });
  const retirement = new Retirement(store, logouts, { keepMs: undefined, everyMs: 1, onError: noFault });
  retirement.start();
  await retirement.retire();
  retirement.stop();
  expect([asked, erased]).toEqual([[], []]);
});

test("once started it looks again and again until it is stopped, also after the storage was away", async () => {
  const { logouts } = kept({});
  const looks = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const faults: unknown[] = [];
  let count = 0;
  const accounts = {
    unattendedSince: () => {
      looks[count]?.resolve();
      count += 1;
      return count === 1 ? Promise.reject(new StoreUnavailable()) : Promise.resolve([]);
    },
  } as unknown as AccountStore;
  const options = { keepMs: 1, everyMs: 5, onError: (error: unknown) => faults.push(error) };
  const retirement = new Retirement({ accounts }, logouts, options);
  retirement.start();
  for (const { promise } of looks) await promise;
  retirement.stop();
  expect(faults).toEqual([expect.any(StoreUnavailable)]);
});
