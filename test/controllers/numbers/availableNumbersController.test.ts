import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { accountNumbers, alerts, offers } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { shop, shopNumber } from "../../support/people.ts";
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

test("a country's numbers stand above the account's own, each with its monthly price", async () => {
  const { status, text } = await visitor.get("/admin?country=us");
  expect(status).toBe(200);
  expect(text).toContain("Available Numbers");
  expect(offers(text).length).toBeGreaterThan(5);
  expect(offers(text).every((number) => number.startsWith("+1"))).toBe(true);
  expect(text.match(/USD [\d.]+ a month/g)).toHaveLength(offers(text).length);
  expect(accountNumbers(text)).toContain(shopNumber);
});

test("type and digits narrow the list, and stay in their fields", async () => {
  const { text } = await visitor.get("/admin?country=US&type=tollFree&contains=%208%20");
  expect(alerts(text)).toEqual(["Twilio searches for 2 to 16 digits or letters, not for “8”."]);
  expect(offers(text)).toEqual([]);
  const tollFree = (await visitor.get("/admin?country=US&type=tollFree")).text;
  const [some = ""] = offers(tollFree);
  const digits = some.slice(-4);
  const narrowed = (await visitor.get(`/admin?country=US&type=tollFree&contains=${digits}`)).text;
  expect(offers(narrowed)).toContain(some);
  expect(offers(narrowed).every((number) => number.includes(digits))).toBe(true);
  expect(narrowed).toContain(`value="${digits}"`);
  expect(narrowed).toMatch(/value="tollFree" selected/);
});

test("nothing on offer is said as such", async () => {
  const { status, text } = await visitor.get("/admin?country=US&contains=0000000000");
  expect(status).toBe(200);
  expect(text).toContain("Twilio offers no such numbers in United States right now.");
});

test("a country that Twilio does not sell in is told in a sentence, beside the account's numbers", async () => {
  const { status, text } = await visitor.get("/admin?country=AQ");
  expect(status).toBe(200);
  expect(offers(text)).toEqual([]);
  expect(accountNumbers(text)).toContain(shopNumber);
});

test("without Twilio's answer to the search, the rest of the page stands", async () => {
  parley.sandbox.world.faults.add({ kind: "unavailable", times: null, path: "AvailablePhoneNumbers/US" });
  const { status, text } = await visitor.get("/admin?country=US");
  expect(status).toBe(200);
  expect(alerts(text)).toHaveLength(1);
  expect(offers(text)).toEqual([]);
  expect(accountNumbers(text)).toContain(shopNumber);
});
