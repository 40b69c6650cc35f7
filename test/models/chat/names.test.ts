import { afterAll, beforeAll, expect, test } from "vitest";
import { Names } from "../../../src/models/chat/names.ts";
import { Invalid } from "../../../src/models/errors.ts";
import { openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
let names: Names;
beforeAll(async () => {
  opened = await openTestStore();
  names = new Names(opened.store);
});
afterAll(() => opened.close());

const ann = { person: "+15012080731", name: "Ann" };
const isRead = (copied: unknown) => {
  try {
    names.read(copied);
    return true;
  } catch (error) {
    if (error instanceof Invalid) return false;
    throw error;
  }
};

test.each([
  ["a name of a hundred letters", true, { ...ann, name: "x".repeat(100) }],
  ["one of a hundred and one", false, { ...ann, name: "x".repeat(101) }],
  ["one that is as long with its spaces only", true, { ...ann, name: ` ${"x".repeat(100)} ` }],
  ["one of spaces alone", false, { ...ann, name: "   " }],
  ["a person of 150 signs", true, { ...ann, person: "1".repeat(150) }],
  ["one of 151", false, { ...ann, person: "1".repeat(151) }],
  ["a person without an address", false, { ...ann, person: "" }],
  ["a name that is a number", false, { ...ann, name: 7 }],
])("%s is read: %s", (_, isTaken, name) => {
  expect(isRead([name])).toBe(isTaken);
});

test("a hundred thousand names are read, one more is not, nor is anything but a list", () => {
  const many = Array.from({ length: 100_000 }, () => ann);
  expect(isRead(many)).toBe(true);
  expect(isRead([...many, ann])).toBe(false);
  for (const other of [undefined, null, "names", { 0: ann }]) expect(isRead(other)).toBe(false);
});

test("names are restored without the spaces around them, and what else stood there is left out", async () => {
  const sid = await signedIn(opened.store);
  const copied = [{ ...ann, name: "  Ann ", notes: "private" }];
  expect(await names.read(copied).restore(sid)).toEqual({ restored: 1, same: 0 });
  expect(await names.copy(sid)).toEqual([ann]);
  expect(await names.count(sid)).toBe(1);
});

test.each([
  [0, "0 names"],
  [1, "1 name"],
  [2, "2 names"],
  [100_000, "100,000 names"],
])("%i in words is %j", (count, words) => {
  expect(names.inWords(count)).toBe(words);
});
