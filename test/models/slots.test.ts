import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { TooMany } from "../../src/models/errors.ts";
import { Slots } from "../../src/models/slots.ts";

test("so many of one, and of all together; a slot given back, even twice, is free once", () => {
  const slots = new Slots({ name: "tries", each: 2, all: 3, sentence: "Wait.", retryAfterSeconds: 7 });
  const [first] = [slots.take("one"), slots.take("one")];
  expect(() => slots.take("one")).toThrow(new TooMany("Wait.", 7, "tries"));
  slots.take("other");
  expect(() => slots.take("third")).toThrow(TooMany);
  first();
  first();
  slots.take("third");
  expect(() => slots.take("fourth")).toThrow(TooMany);
});

test("what is held may grow until its end, when all of it is given back", () => {
  const slots = new Slots({ name: "bytes", each: 10, all: 15, sentence: "Wait.", retryAfterSeconds: 1 });
  const answer = () => Object.assign(new EventEmitter(), { destroyed: false });
  const [one, other] = [answer(), answer()];
  const grow = slots.growUntil(one, "one");
  for (const count of [3, 5]) grow(count);
  expect(() => grow(3)).toThrow(TooMany);
  expect(() => slots.growUntil(other, "other")(8)).toThrow(TooMany);
  expect(one.listenerCount("close")).toBe(1);
  one.emit("close");
  grow(100);
  slots.growUntil(other, "one")(10);
});

test("a slot lasts until what it was taken for ends, and is not taken for what has ended already", () => {
  const slots = new Slots({ name: "tries", each: 1, all: 1, sentence: "Wait.", retryAfterSeconds: 1 });
  const answer = Object.assign(new EventEmitter(), { destroyed: false });
  slots.takeUntil(answer, "one");
  expect(() => slots.take("one")).toThrow(TooMany);
  answer.emit("close");
  slots.takeUntil(Object.assign(new EventEmitter(), { destroyed: true }), "one");
  expect(slots.take("one")).toBeTypeOf("function");
});
