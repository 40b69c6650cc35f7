import { expect, test } from "vitest";
import { KeptData, type KeptKind } from "../../../src/models/account/keptData.ts";
import { Names } from "../../../src/models/chat/names.ts";
import type { NamedPerson, PeopleStore } from "../../../src/models/chat/store.ts";

const account = { sid: "AC1", friendlyName: "Walnut & Sons", type: "Full", status: "active" } as const;
const ann = { person: "+15012080731", name: "Ann" };
const ben = { person: "+15012080947", name: "Ben" };

/** Names without a database. */
function peopleOf(...people: NamedPerson[]) {
  const kept = new Map(people.map(({ person, name }) => [person, name]));
  const store: PeopleStore = {
    count: () => Promise.resolve(kept.size),
    list: () => Promise.resolve([...kept].map(([person, name]) => ({ person, name }))),
    restore: (_, copied) => {
      const fresh = copied.filter(({ person, name }) => kept.get(person) !== name);
      for (const { person, name } of copied) kept.set(person, name);
      return Promise.resolve({ restored: fresh.length, same: copied.length - fresh.length });
    },
  };
  return { kept, data: new KeptData([new Names({ people: store })]) };
}

const copyOf = async (data: KeptData) => JSON.stringify(await data.copy(account));

test("what is kept is told in words, and nothing at all when there is nothing", async () => {
  expect(await peopleOf().data.inWords("AC1")).toEqual([]);
  expect(await peopleOf(ann).data.inWords("AC1")).toEqual(["1 name"]);
  expect(await peopleOf(ann, ben).data.inWords("AC1")).toEqual(["2 names"]);
  const many = Array.from({ length: 1_214 }, (_, index) => ({ person: `+1${index}`, name: "X" }));
  expect(await peopleOf(...many).data.inWords("AC1")).toEqual(["1,214 names"]);
});

test("a copy says what it is, of whom and of when, and holds every kind under its key", async () => {
  const copy = await peopleOf(ann).data.copy(account);
  expect(copy).toMatchObject({ format: "parley-copy", version: 1, names: [ann] });
  expect(copy.account).toEqual({ sid: "AC1", friendlyName: "Walnut & Sons" });
  expect(new Date(copy.madeAt).getTime()).toBeLessThanOrEqual(Date.now());
});

test("a copy is restored anywhere; where it differs it counts, everything else stays, and twice is once", async () => {
  const copy = await copyOf(peopleOf(ann, ben).data);
  const { kept, data } = peopleOf({ ...ann, name: "Anna" }, { person: "+447400123456", name: "Dev" });
  expect(await data.restore("AC2", copy)).toEqual({
    restored: [{ words: "2 names", same: 0 }],
    from: { sid: "AC1", friendlyName: "Walnut & Sons" },
  });
  expect(Object.fromEntries(kept)).toEqual({
    [ann.person]: "Ann",
    [ben.person]: "Ben",
    "+447400123456": "Dev",
  });
  expect(await data.restore("AC2", copy)).toMatchObject({ restored: [{ words: "0 names", same: 2 }] });
});

test.each([
  ["no JSON", "hello"],
  ["something else", '{"names":[]}'],
  ["a list", "[]"],
  ["a copy without its account", '{"format":"parley-copy","version":1}'],
  [
    "a copy of an account whose name fills the page",
    `{"format":"parley-copy","version":1,"account":{"sid":"AC1","friendlyName":"${"x".repeat(201)}"}}`,
  ],
])("%s is refused with a sentence", async (_, text) => {
  await expect(peopleOf().data.restore("AC1", text)).rejects.toThrow("not a copy from Parley");
});

test("a copy from a newer Parley is refused with the way out", async () => {
  const copy = (await copyOf(peopleOf(ann).data)).replace('"version":1', '"version":2');
  await expect(peopleOf().data.restore("AC1", copy)).rejects.toThrow("newer Parley");
});

test.each([
  ["a name without a person", [{ name: "Ann" }]],
  ["an empty name", [{ ...ann, name: " " }]],
  ["a name too long", [{ ...ann, name: "x".repeat(101) }]],
  ["no list", { [ann.person]: "Ann" }],
])("with %s nothing of it is restored", async (_, names) => {
  let touched = false;
  const other: KeptKind = {
    key: "others",
    inWords: String,
    count: () => Promise.resolve(0),
    copy: () => Promise.resolve([]),
    read: () => ({
      restore: () => {
        touched = true;
        return Promise.resolve({ restored: 1, same: 0 });
      },
    }),
  };
  const people = {} as PeopleStore;
  const data = new KeptData([other, new Names({ people })]);
  const copy = {
    format: "parley-copy",
    version: 1,
    account: { sid: "AC1", friendlyName: "X" },
    others: [],
    names,
  };
  await expect(data.restore("AC1", JSON.stringify(copy))).rejects.toThrow("cannot be read");
  expect(touched).toBe(false);
});
