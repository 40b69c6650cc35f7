import { expect, test } from "vitest";
import { createMetrics } from "../src/metrics.ts";

const valueOf = (text: string, name: string) => Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1]);

test("how old the oldest look is, and how many streams are open, is told as it is when somebody asks", async () => {
  const metrics = createMetrics();
  let [streams, look]: [number, Date | null] = [3, new Date(Date.now() - 60_000)];
  metrics.watch({ streams: () => streams, oldestLook: () => Promise.resolve(look) });
  const first = await metrics.text();
  expect(valueOf(first, "parley_live_streams")).toBe(3);
  expect(valueOf(first, "parley_sync_age_seconds")).toBeGreaterThanOrEqual(60);
  [streams, look] = [0, null];
  const second = await metrics.text();
  expect(valueOf(second, "parley_live_streams")).toBe(0);
  expect(valueOf(second, "parley_sync_age_seconds")).toBe(0);
});

test("a look in the future, by a clock that was set back, is no negative age", async () => {
  const metrics = createMetrics();
  metrics.watch({ streams: () => 0, oldestLook: () => Promise.resolve(new Date(Date.now() + 60_000)) });
  expect(valueOf(await metrics.text(), "parley_sync_age_seconds")).toBe(0);
});
