import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { accountNumbers, alerts, heading } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { londonNumber, newcomer, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterEach(() => parley.sandbox.world.faults.reset());
afterAll(() => parley.close());

test("the admin page lists the account's numbers, what they can do, and nothing that is for sale", async () => {
  const page = await visitor.get("/admin");
  expect(page.status).toBe(200);
  expect(heading(page.text)).toBe("Account Numbers");
  expect(accountNumbers(page.text).toSorted()).toEqual([shopNumber, londonNumber].toSorted());
  expect(page.text).toMatch(/able--yes[^]*able--no|able--no[^]*able--yes/);
  expect(page.text).not.toContain("Available Numbers");
});

test("an account without numbers is told how to get one", async () => {
  const other = visit(parley.url);
  await other.signIn(newcomer);
  const page = await other.get("/admin");
  expect(accountNumbers(page.text)).toEqual([]);
  expect(page.text).toContain("This account has no Twilio number yet.");
});

test("while Twilio is away, the page stands with what is known and says so once", async () => {
  const own = await startParley({ tuning: { freshness: { numbersMs: 1, countriesMs: 1 } } });
  const asking = visit(own.url);
  await asking.signIn(shop);
  own.sandbox.world.faults.add({ kind: "unavailable", times: null });
  const page = await asking.get("/admin");
  expect(page.status).toBe(200);
  expect(accountNumbers(page.text)).toContain(shopNumber);
  expect(alerts(page.text)).toHaveLength(1);
  await own.close();
});

test("Twilio is asked once for all who look at the same time, and not again for those who come soon after", async () => {
  const own = await startParley();
  const first = visit(own.url);
  const second = visit(own.url);
  await first.signIn(shop);
  await second.signIn(shop);
  const asked = () =>
    own.sandbox.world.log.list().filter(({ url }) => /(Available|Incoming)PhoneNumbers/.test(url)).length;
  await Promise.all([first.get("/admin"), second.get("/admin")]);
  const before = asked();
  for (const visitorOf of [first, second, first]) expect((await visitorOf.get("/admin")).status).toBe(200);
  expect(asked()).toBe(before);
  await own.close();
});

test("a country that is none shows no list, and no error either", async () => {
  const page = await visitor.get("/admin?country=Atlantis");
  expect(page.status).toBe(200);
  expect(alerts(page.text)).toEqual([]);
  expect(page.text).not.toContain("Available Numbers");
});

test("a stranger signs in first", async () => {
  expect((await visit(parley.url).get("/admin")).headers.location).toBe("/login?next=%2Fadmin");
});
