import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

test("a supervisor hears that the process is alive and its storage answers, without a session", async () => {
  const supervisor = visit(parley.url);
  for (const [path, word] of [
    ["/healthz", "ok\n"],
    ["/readyz", "ready\n"],
  ] as const) {
    const answer = await supervisor.get(path);
    expect([answer.status, answer.text]).toEqual([200, word]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  }
});
