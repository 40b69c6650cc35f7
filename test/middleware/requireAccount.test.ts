import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { hidden, visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

test.each(["/chat", "/admin", "/chat/%2B15014434496/%2B15012080731", "/targets/new"])(
  "a stranger who asks for %s signs in first and then gets there",
  async (path) => {
    const visitor = visit(parley.url);
    const sent = await visitor.get(path);
    expect(sent.status).toBe(303);
    expect(sent.headers.location).toBe(`/login?next=${encodeURIComponent(path)}`);
    const back = await visitor.submit(sent.headers.location ?? "", "/login", { ...shop, next: path });
    expect(back.headers.location).toBe(path);
  },
);

test("whose session has ended is told so, and finds what they typed without JavaScript", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  const path = "/chat/%2B15014434496/%2B15012080731";
  await parley.server.dependencies.store.sessions.endAll(shop.accountSid);
  const sent = await visitor.get(path);
  expect(sent.headers.location).toBe(`/login?next=${encodeURIComponent(path)}&ended=yes`);
  expect((await visitor.get(sent.headers.location ?? "")).text).toContain("Your session has ended");
  const answer = await visitor.post(`${path}/messages`, { body: "Do <not> lose me" });
  expect(answer.status).toBe(401);
  expect(answer.text).toContain("Do &lt;not&gt; lose me</textarea>");
  expect(hidden(answer.text, "next")).toBe(path);
});

test("a stranger's form leads to the sign-in page, which it does not come back from", async () => {
  const answer = await visit(parley.url).submit("/login", "/targets", { phoneNumber: "+15012080731" });
  expect([answer.status, answer.headers.location]).toEqual([303, "/login"]);
});

test("a session whose account is gone is a stranger's", async () => {
  const [here, there] = [visit(parley.url), visit(parley.url)];
  await here.signIn(shop);
  await there.signIn(shop);
  await there.submit("/chat", "/logout", {});
  expect((await here.get("/admin")).headers.location).toBe("/login?next=%2Fadmin&ended=yes");
});
