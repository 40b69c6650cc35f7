import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../../support/parley.ts";
import { ben, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const account = () => parley.server.dependencies.store.accounts.find(shop.accountSid);

test("with nothing kept the page says that nothing would be lost", async () => {
  const { text } = await visitor.get("/logout");
  expect(text).toContain("Nothing here is yours alone");
  expect(text).not.toMatch(/\d+ names?/);
});

test.each(["", "no", "YES", "true"])("“%s” does not confirm that names go", async (confirmed) => {
  const { targets } = parley.server.dependencies.models;
  await targets.add(shop.accountSid, { phoneNumber: ben, name: "Ben", twilioNumber: shopNumber });
  const asked = await visitor.submit("/logout", "/logout", { confirmed });
  expect([asked.status, asked.headers.location]).toEqual([303, "/logout"]);
  expect(await account()).toBeDefined();
});

test("a logout that is confirmed takes every session, and clears what the browser kept", async () => {
  const other = visit(parley.url);
  await other.signIn(shop);
  const left = await visitor.submit("/logout", "/logout", { confirmed: "yes" });
  expect(left.headers.location).toBe("/login?from=logout");
  expect(left.headers["clear-site-data"]).toBe('"storage"');
  expect(await account()).toBeUndefined();
  for (const each of [visitor, other]) expect((await each.get("/chat")).status).toBe(303);
});
