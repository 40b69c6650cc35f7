import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { hidden, visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

test("a form without its CSRF token is refused", async () => {
  const visitor = visit(parley.url);
  await visitor.get("/login");
  const answer = await visitor.agent.post("/login").type("form").send(shop);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("open for too long");
});

test("a token in the header that Turbo sends counts, one of another session does not", async () => {
  const [one, other] = [visit(parley.url), visit(parley.url)];
  const tokenOf = async (visitor: typeof one) => hidden((await visitor.get("/login")).text, "_csrf");
  const [own, foreign] = [await tokenOf(one), await tokenOf(other)];
  const post = (token: string) => one.agent.post("/login").type("form").set("X-CSRF-Token", token).send(shop);
  expect((await post(foreign)).status).toBe(403);
  expect((await post(own)).headers.location).toBe("/chat");
});
