import { expect, test } from "vitest";
import { Signal } from "../../src/models/signal.ts";

test("everybody who listens hears the fact, and sending waits until all are done with it", async () => {
  const signal = new Signal<string>();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  signal.listen((fact) => void done.push(`at once ${fact}`));
  signal.listen(async (fact) => {
    await promise;
    done.push(`later ${fact}`);
  });
  const sent = signal.send("AC1").then(() => done.push("sent"));
  resolve();
  await sent;
  expect(done).toEqual(["at once AC1", "later AC1", "sent"]);
});

test("one listener's failure is told to the sender and keeps the fact from nobody", async () => {
  const signal = new Signal<string>();
  const heard: string[] = [];
  signal.listen(() => {
    throw new Error("a listener's own");
  });
  signal.listen((fact) => void heard.push(fact));
  await expect(signal.send("AC1")).rejects.toThrow("a listener's own");
  expect(heard).toEqual(["AC1"]);
});

test("a fact that nobody listens for is sent all the same", async () => {
  await expect(new Signal<string>().send("AC1")).resolves.toBeUndefined();
});
