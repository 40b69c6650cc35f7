import { expect, test } from "vitest";
import { startParley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit } from "../support/visitor.ts";

test("a session with too much under way is asked to wait, others are not", async () => {
  const parley = await startParley({ tuning: { freshness: { numbersMs: 1, countriesMs: 1 } } });
  const [crowd, other] = [visit(parley.url), visit(parley.url)];
  await crowd.signIn(shop);
  await other.signIn(shop);
  parley.sandbox.world.faults.add({ kind: "latency", times: null, path: "PhoneNumbers", ms: 3_000 });
  const answers = Promise.all(Array.from({ length: 30 }, () => crowd.get("/admin")));
  expect((await other.get("/chat")).status).toBe(200);
  await expect.poll(async () => (await crowd.get("/chat")).status).toBe(429);
  expect((await crowd.get("/login")).status).toBe(303);
  expect((await answers).filter(({ status }) => status === 200)).toHaveLength(20);
  const refused = (await answers).filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.headers["retry-after"]).toBe("1");
  expect(refused[0]?.text).toContain("Wait a moment");
  parley.sandbox.world.faults.reset();
  expect((await crowd.get("/chat")).status).toBe(200);
  await parley.close();
});
