import { afterEach, beforeEach, expect, test } from "vitest";
import { Clock } from "../../../src/sandbox/world/clock.ts";

let clock: Clock;
beforeEach(() => {
  clock = new Clock();
});
afterEach(() => clock.stop());

const passed = (ms: number) => new Promise<void>((resolve) => clock.later(ms, resolve));

test("what is later happens in the order of its times, not of its being told", async () => {
  const order: string[] = [];
  clock.later(10, () => order.push("second"));
  clock.later(1, () => order.push("first"));
  await passed(12);
  expect(order).toEqual(["first", "second"]);
});

test("what is further away than a timer can reach does not happen at once", async () => {
  const happened: string[] = [];
  clock.later(2 * (2 ** 31 - 1) + 1, () => happened.push("in 50 days"));
  await passed(20);
  expect(happened).toEqual([]);
});

test("after the stop nothing happens any more, neither of before nor of after", async () => {
  const happened: string[] = [];
  clock.later(1, () => happened.push("before"));
  clock.stop();
  clock.later(1, () => happened.push("after"));
  const another = new Clock();
  await new Promise<void>((resolve) => another.later(5, resolve));
  expect(happened).toEqual([]);
});

test("the stop is told to whatever waits for it", () => {
  const { closing } = clock;
  expect(closing.aborted).toBe(false);
  clock.stop();
  expect(closing.aborted).toBe(true);
});
