import { expect, test } from "vitest";
import { StoreUnavailable } from "../../../src/models/errors.ts";
import { GroupCommit } from "../../../src/store/commits/groupCommit.ts";

const ownerOf = (item: number) => (item < 100 ? "one" : "other");

/** Answers each item with itself, and remembers what was committed together. */
function committing(commit: (items: number[]) => Promise<void> = () => Promise.resolve(), mostOfEach = 10) {
  const together: number[][] = [];
  const group = new GroupCommit<number, number>(
    async (items) => {
      together.push(items);
      await commit(items);
      return items;
    },
    { most: 10, mostOfEach, ownerOf },
  );
  return { together, group };
}

test("calls of one turn of the event loop share a commit and each gets its own answer", async () => {
  const { together, group } = committing();
  expect(await Promise.all([1, 2, 3].map((item) => group.add(item)))).toEqual([1, 2, 3]);
  expect(together).toEqual([[1, 2, 3]]);
});

test("calls that come while a commit runs share the next one", async () => {
  const running = Promise.withResolvers<void>();
  const { together, group } = committing(([first]) => (first === 1 ? running.promise : Promise.resolve()));
  const calls = [group.add(1)];
  await new Promise(setImmediate);
  calls.push(group.add(2), group.add(3));
  running.resolve();
  await Promise.all(calls);
  expect(together).toEqual([[1], [2, 3]]);
});

test("no commit takes more than its share", async () => {
  const { together, group } = committing();
  await Promise.all(Array.from({ length: 25 }, (_, item) => group.add(item)));
  expect(together.map(({ length }) => length)).toEqual([10, 10, 5]);
});

test("one bad item fails alone", async () => {
  const { group } = committing((items) =>
    items.includes(2) ? Promise.reject(new Error("bad")) : Promise.resolve(),
  );
  const answers = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("without storage all fail at once and nothing is tried again one by one", async () => {
  const { together, group } = committing(() => Promise.reject(new StoreUnavailable()));
  const answers = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(together).toHaveLength(1);
  await group.idle();
});

test("whoever has many waits for the next one, while others go along", async () => {
  const { together, group } = committing(undefined, 8);
  const many = Array.from({ length: 12 }, (_, index) => index);
  expect(await Promise.all([...many, 100].map((item) => group.add(item)))).toEqual([...many, 100]);
  expect(together).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 100],
    [8, 9, 10, 11],
  ]);
});
