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
