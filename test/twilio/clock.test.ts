import { expect, test } from "vitest";
import { AnsweredClock } from "../../src/twilio/clock.ts";

const minute = 60_000;
const headerOf = (ms: number) => new Date(Date.now() + ms).toUTCString();

test.each([20 * minute, -20 * minute, 24 * 60 * minute])(
  "a machine that is %i ms off knows Twilio's time from its answers",
  (ms) => {
    const clock = new AnsweredClock();
    clock.hear(headerOf(-ms), 100);
    expect(Math.abs(clock.aheadMs() - ms)).toBeLessThan(1_500);
    expect(Math.abs(clock.now().getTime() - (Date.now() - ms))).toBeLessThan(1_500);
  },
);

test("a second or two are what a header in whole seconds and a slow line make of the right time", () => {
  const clock = new AnsweredClock();
  for (const ms of [-1_000, 0, 1_000]) {
    clock.hear(headerOf(ms), 200);
    expect(clock.aheadMs()).toBe(0);
  }
});

test("a clock that is set right is believed again", () => {
  const clock = new AnsweredClock();
  clock.hear(headerOf(-20 * minute), 100);
  clock.hear(headerOf(0), 100);
  expect(clock.aheadMs()).toBe(0);
});

test.each([undefined, "yesterday", 7])("a header that is no time (%s) changes nothing", (header) => {
  const clock = new AnsweredClock();
  clock.hear(headerOf(-20 * minute), 100);
  clock.hear(header, 100);
  expect(clock.aheadMs()).toBeGreaterThan(19 * minute);
});

test("an answer that took long tells nothing about now", () => {
  const clock = new AnsweredClock();
  clock.hear(headerOf(-20 * minute), 6_000);
  expect(clock.aheadMs()).toBe(0);
});
