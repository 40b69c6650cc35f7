import { afterAll, beforeAll, expect, test } from "vitest";
import { Logouts } from "../../../src/models/account/logouts.ts";
import { StoreUnavailable } from "../../../src/models/errors.ts";
import { openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

function noFault(error: unknown): never {
  throw error;
}

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

test("who listens for a logout hears of it once nothing of the account is there any more", async () => {
  const { store } = opened;
  const [leaving, staying] = [await signedIn(store), await signedIn(store)];
  const logouts = new Logouts(store, noFault);
  const heard: [string, unknown][] = [];
  logouts.loggedOut.listen(async (sid) => void heard.push([sid, await store.accounts.find(sid)]));
  await logouts.logOut(leaving);
  await expect.poll(() => heard).toEqual([[leaving, undefined]]);
  expect(await store.accounts.find(staying)).toBeDefined();
});

test("a listener that fails is told of, and the logout stands", async () => {
  const { store } = opened;
  const sid = await signedIn(store);
  const { promise: told, resolve: onError } = Promise.withResolvers<unknown>();
  const logouts = new Logouts(store, onError);
  const fault = new Error("a listener's own");
  logouts.loggedOut.listen(() => Promise.reject(fault));
  await logouts.logOut(sid);
  expect(await told).toBe(fault);
  expect(await store.accounts.find(sid)).toBeUndefined();
});

test("a logout that the storage cannot do is no logout, and nobody hears of one", async () => {
  const accounts = { ...opened.store.accounts, erase: () => Promise.reject(new StoreUnavailable()) };
  const logouts = new Logouts({ accounts }, noFault);
  const heard: string[] = [];
  logouts.loggedOut.listen((sid) => void heard.push(sid));
  await expect(logouts.logOut("AC1")).rejects.toThrow(StoreUnavailable);
  expect(heard).toEqual([]);
});
