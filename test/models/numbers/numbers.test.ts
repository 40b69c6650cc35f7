import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TwilioUnreachable } from "../../../src/models/errors.ts";
import type { Accounts } from "../../../src/models/account/accounts.ts";
import { Numbers } from "../../../src/models/numbers/numbers.ts";
import type { NumberApi } from "../../../src/models/numbers/twilio.ts";
import type { TwilioNumber } from "../../../src/models/types.ts";
import { openTestStore, ownedNumber, signedIn, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const [one, two] = [ownedNumber("+15550001111"), ownedNumber("+15550002222")];
const accounts = {
  credentials: (accountSid: string) => Promise.resolve({ accountSid, authToken: "token" }),
} as unknown as Accounts;

let sid: string;
let asked: string[];
/** What Twilio says next; undefined while it is away. */
let owned: TwilioNumber[] | undefined;
let numbers: Numbers;
beforeEach(async () => {
  sid = await signedIn(opened.store);
  asked = [];
  owned = [one];
  numbers = numbersWith({ numbersMs: 60_000, countriesMs: 60_000 });
});

function numbersWith(freshness: { numbersMs: number; countriesMs: number }): Numbers {
  const answer = <T>(name: string, found: T) => {
    asked.push(name);
    return owned === undefined ? Promise.reject(new TwilioUnreachable()) : Promise.resolve(found);
  };
  const api = {
    listNumbers: ({ accountSid }: { accountSid: string }) => answer(`numbers ${accountSid}`, owned),
    listCountries: () => answer("countries", [{ code: "GB", name: "United Kingdom" }]),
  } as unknown as NumberApi;
  return new Numbers(opened.store, api, accounts, { smsUrl: undefined, freshness });
}
const phoneNumbers = (list: TwilioNumber[]) => list.map(({ phoneNumber }) => phoneNumber);

test("what Twilio says is kept, and known without asking again", async () => {
  expect(phoneNumbers(await numbers.refresh(sid))).toEqual([one.phoneNumber]);
  expect(phoneNumbers(await numbers.list(sid))).toEqual([one.phoneNumber]);
  expect(asked).toEqual([`numbers ${sid}`]);
});

test("a fresh list is asked for once, however many ask at once and soon after, and each account for itself", async () => {
  const other = await signedIn(opened.store);
  await Promise.all([numbers.fresh(sid), numbers.fresh(sid), numbers.fresh(other)]);
  await numbers.fresh(sid);
  expect(asked.toSorted()).toEqual([`numbers ${other}`, `numbers ${sid}`].toSorted());
});

test("an answer that is no longer fresh is asked for again", async () => {
  numbers = numbersWith({ numbersMs: 1, countriesMs: 1 });
  await numbers.fresh(sid);
  owned = [one, two];
  await expect.poll(async () => phoneNumbers(await numbers.fresh(sid))).toHaveLength(2);
});

test("a refresh makes the list fresh, so that no page asks again", async () => {
  await numbers.refresh(sid);
  await numbers.fresh(sid);
  expect(asked).toHaveLength(1);
});

test("while Twilio is away what was known stays, is said to be missing, and is asked for again", async () => {
  await numbers.refresh(sid);
  expect(numbers.areMissing(sid)).toBe(false);
  owned = undefined;
  await expect(numbers.refresh(sid)).rejects.toThrow(TwilioUnreachable);
  expect([numbers.areMissing(sid), numbers.areMissing("AC of another")]).toEqual([true, false]);
  expect(phoneNumbers(await numbers.list(sid))).toEqual([one.phoneNumber]);
  owned = [two];
  expect(phoneNumbers(await numbers.refresh(sid))).toEqual([two.phoneNumber]);
  expect(numbers.areMissing(sid)).toBe(false);
});

test("a failure is remembered by nobody: the next who asks gets the answer", async () => {
  owned = undefined;
  await expect(numbers.fresh(sid)).rejects.toThrow(TwilioUnreachable);
  await expect(numbers.countries(sid)).rejects.toThrow(TwilioUnreachable);
  owned = [one];
  expect(phoneNumbers(await numbers.fresh(sid))).toEqual([one.phoneNumber]);
  expect(await numbers.countries(sid)).toEqual([{ code: "GB", name: "United Kingdom" }]);
});

test("countries are asked for once, and the account's numbers are not asked for with them", async () => {
  await Promise.all([numbers.countries(sid), numbers.countries(sid)]);
  await numbers.countries(sid);
  expect(asked).toEqual(["countries"]);
});
