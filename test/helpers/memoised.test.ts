import { expect, test } from "vitest";
import { memoised } from "../../src/helpers/memoised.ts";

function counted<Answer>(answer: (text: string) => Answer, most: number) {
  const asked: string[] = [];
  const ask = memoised((text) => (asked.push(text), answer(text)), most);
  return { ask, asked };
}

test("what was asked before is answered the same, without asking again", () => {
  const { ask, asked } = counted((text) => ({ text }), 2);
  expect(ask("a")).toBe(ask("a"));
  expect(asked).toEqual(["a"]);
});

test("as many answers as said are remembered; one more forgets the oldest of them, and no other", () => {
  const { ask, asked } = counted((text) => text, 2);
  for (const text of ["a", "b", "a", "b"]) ask(text);
  expect(asked).toEqual(["a", "b"]);
  ask("c");
  ask("b");
  expect(asked).toEqual(["a", "b", "c"]);
  ask("a");
  expect(asked).toEqual(["a", "b", "c", "a"]);
});

test("an answer that failed is remembered by nobody, and an empty one is an answer", () => {
  let broken = true;
  const failing = memoised(() => {
    if (broken) throw new Error("not now");
    return "";
  }, 2);
  expect(() => failing("a")).toThrow("not now");
  broken = false;
  expect(failing("a")).toBe("");
  const { ask, asked } = counted(() => "", 2);
  ask("");
  ask("");
  expect(asked).toEqual([""]);
});

test("a long text is not remembered", () => {
  const asked: string[] = [];
  const ask = memoised((text) => (asked.push(text), text), 2);
  const [short, long] = ["x".repeat(64), "x".repeat(65)];
  for (const text of [short, short, long, long]) ask(text);
  expect(asked).toEqual([short, long, long]);
});
