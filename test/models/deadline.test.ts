import { expect, test } from "vitest";
import { Deadline } from "../../src/models/deadline.ts";

const never = new Promise<string>(() => undefined);

test("what comes in time counts, its failures too; what does not is replaced", async () => {
  const deadline = new Deadline(50);
  expect(await deadline.keep(Promise.resolve("came"), () => "late")).toBe("came");
  await expect(deadline.keep(Promise.reject(new Error("no")), () => "late")).rejects.toThrow("no");
  expect(await deadline.keep(never, () => "late")).toBe("late");
});

test("one deadline is for all that is waited for in turn", async () => {
  const deadline = new Deadline(60);
  const startedAt = performance.now();
  for (let count = 0; count < 5; count += 1) await deadline.keep(never, () => "late");
  expect(performance.now() - startedAt).toBeLessThan(5 * 60);
  await expect(
    deadline.keep(never, () => {
      throw new Error("too late");
    }),
  ).rejects.toThrow("too late");
});
