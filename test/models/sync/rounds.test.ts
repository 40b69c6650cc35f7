import { expect, test } from "vitest";
import { Rounds } from "../../../src/models/sync/rounds.ts";

const long = 60_000;
const prompt = async (pause: Promise<void>) => {
  const startedAt = performance.now();
  await pause;
  return performance.now() - startedAt < long / 2;
};

test("a pause lasts as long as it says when nobody is in a hurry", async () => {
  const rounds = new Rounds();
  rounds.begin();
  const startedAt = performance.now();
  await rounds.pause(30);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  expect([rounds.wanted, rounds.stopped]).toEqual([false, false]);
});

test("who is in a hurry ends the pause", async () => {
  const rounds = new Rounds();
  rounds.begin();
  const pause = prompt(rounds.pause(long));
  rounds.hurry();
  expect(await pause).toBe(true);
  expect(rounds.wanted).toBe(true);
});

test("who was in a hurry during a round leaves out the pause behind it, and only that one", async () => {
  const rounds = new Rounds();
  rounds.begin();
  rounds.hurry();
  expect(await prompt(rounds.pause(long))).toBe(true);
  rounds.begin();
  expect(rounds.wanted).toBe(false);
  const startedAt = performance.now();
  await rounds.pause(30);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
});

test("stopping ends the pause, and waits for the round that is under way", async () => {
  const rounds = new Rounds();
  const { promise: work, resolve: finish } = Promise.withResolvers<void>();
  const steps: string[] = [];
  void rounds.run(async () => {
    rounds.begin();
    await rounds.pause(long);
    steps.push(rounds.stopped ? "stopped" : "not stopped");
    await work;
    steps.push("round ended");
  });
  const stopped = rounds.stop().then(() => steps.push("stop ended"));
  finish();
  await stopped;
  expect(steps).toEqual(["stopped", "round ended", "stop ended"]);
});

test("once stopped there are no pauses any more", async () => {
  const rounds = new Rounds();
  await rounds.stop();
  rounds.begin();
  expect(await prompt(rounds.pause(long))).toBe(true);
});
