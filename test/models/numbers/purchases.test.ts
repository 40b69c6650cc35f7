import { afterAll, beforeAll, expect, test } from "vitest";
import { TooMany, TwilioRefused } from "../../../src/models/errors.ts";
import type { Models } from "../../../src/models/index.ts";
import { usualLimits } from "../../../src/models/limits.ts";
import { londonNumber, newcomer, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";

let parley: Parley;
let models: Models;
beforeAll(async () => {
  const purchases = { ...usualLimits.purchases, points: 4 };
  parley = await startParley({ tuning: { limits: { purchases } } });
  models = parley.server.dependencies.models;
  for (const account of [shop, newcomer]) await visit(parley.url).signIn(account);
});
afterAll(() => parley.close());

const known = async (sid = shop.accountSid) =>
  (await models.numbers.list(sid)).map(({ phoneNumber }) => phoneNumber);
const offers = async () =>
  (await models.numbers.available(shop.accountSid, { country: "US", type: "local", contains: "" })).map(
    ({ phoneNumber }) => phoneNumber,
  );
const posts = () => parley.sandbox.world.log.list().filter(({ method }) => method === "POST").length;

test("a number that is bought is the account's, connected to this Parley, and nobody else's", async () => {
  const [offer = ""] = await offers();
  await models.purchases.buy(shop.accountSid, offer);
  expect(await known()).toEqual([shopNumber, londonNumber, offer]);
  expect(await known(newcomer.accountSid)).not.toContain(offer);
  const bought = (await models.numbers.list(shop.accountSid)).find(
    ({ phoneNumber }) => phoneNumber === offer,
  );
  expect(bought?.smsUrl).toBe(`${parley.url}/sms#rc=5&rp=all`);
  expect(await offers()).not.toContain(offer);
});

test("a number that is bought is known even when the list cannot be read again", async () => {
  const [offer = ""] = await offers();
  parley.sandbox.world.faults.add({ kind: "unavailable", times: null, method: "GET" });
  await models.purchases.buy(shop.accountSid, offer);
  parley.sandbox.world.faults.reset();
  expect(await known()).toContain(offer);
});

test("a number that Twilio refuses leaves the list as it was, with Twilio's words", async () => {
  const before = await known();
  await expect(models.purchases.buy(shop.accountSid, shopNumber)).rejects.toThrow(TwilioRefused);
  expect(await known()).toEqual(before);
});

test("an account buys no more a day than the limit says, before Twilio is asked; another one still does", async () => {
  const [first = "", second = "", third = ""] = await offers();
  await models.purchases.buy(shop.accountSid, first);
  const before = posts();
  await expect(models.purchases.buy(shop.accountSid, second)).rejects.toThrow(TooMany);
  expect(posts()).toBe(before);
  await models.purchases.buy(newcomer.accountSid, third);
  expect(await known(newcomer.accountSid)).toEqual([third]);
});
