import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { accountNumbers, alerts, notices, offers } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { beginner, newcomer } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(newcomer);
});
afterEach(() => parley.sandbox.world.faults.reset());
afterAll(() => parley.close());

const firstOffer = async (country = "GB") =>
  offers((await visitor.get(`/admin?country=${country}`)).text)[0] ?? "";
const buy = (who: Visitor, phoneNumber: string, country = "GB") =>
  who.submit("/admin", "/admin/numbers", { country, phoneNumber });
/** What Twilio says that the account owns. */
const owned = ({ accountSid }: { accountSid: string }) =>
  parley.server.dependencies.models.numbers.refresh(accountSid);

test("a purchase asks once, with the price, before money is spent", async () => {
  const phoneNumber = await firstOffer();
  const question = await visitor.get(
    `/admin/numbers/new?country=GB&phoneNumber=${encodeURIComponent(phoneNumber)}`,
  );
  expect(question.text).toContain('<dialog id="buy"');
  expect(question.text).toMatch(/Twilio charges <strong>USD [\d.]+ a month<\/strong>/);
  expect(question.text).toContain(`name="phoneNumber" value="${phoneNumber}"`);
  expect(accountNumbers(question.text)).toEqual([]);
});

test.each(["%2B447000000000", "", "%2B1%00"])(
  "a number that is not on offer (%s) is not asked about",
  async (phoneNumber) => {
    const { status, text } = await visitor.get(`/admin/numbers/new?country=GB&phoneNumber=${phoneNumber}`);
    expect(status).toBe(200);
    expect(alerts(text)).toEqual(["That number is no longer on offer. Choose another one."]);
    expect(text).not.toContain('<dialog id="buy"');
  },
);

test("a bought number is in the table, told once, and posts its texts here", async () => {
  const phoneNumber = await firstOffer();
  const answer = await buy(visitor, phoneNumber);
  expect([answer.status, answer.headers.location]).toEqual([303, "/admin"]);
  const page = (await visitor.get("/admin")).text;
  expect(notices(page)).toEqual([`${phoneNumber} is yours now.`]);
  expect(accountNumbers(page)).toEqual([phoneNumber]);
  expect(notices((await visitor.get("/admin")).text)).toEqual([]);
  const smsUrl = expect.stringMatching(`^${parley.url}/sms#`) as string;
  expect(await owned(newcomer)).toMatchObject([{ phoneNumber, smsUrl }]);
});

test("some time after the sign-in, the Auth token is asked for again before money is spent", async () => {
  const own = await startParley({ tuning: { provenForMs: 0 } });
  try {
    const buyer = visit(own.url);
    await buyer.signIn(newcomer);
    const [phoneNumber = ""] = offers((await buyer.get("/admin?country=GB")).text);
    const question = await buyer.get(
      `/admin/numbers/new?country=GB&phoneNumber=${encodeURIComponent(phoneNumber)}`,
    );
    expect(question.text).toContain('name="authToken" type="password"');
    const numbers = () => own.server.dependencies.models.numbers.refresh(newcomer.accountSid);
    for (const [authToken, status] of [
      ["", 422],
      ["wrong", 401],
    ] as const) {
      const refused = await buyer.submit("/admin", "/admin/numbers", {
        country: "GB",
        phoneNumber,
        authToken,
      });
      expect([refused.status, refused.text.includes('<dialog id="buy"')]).toEqual([status, true]);
      expect(refused.text).not.toContain('value="wrong"');
    }
    expect(await numbers()).toEqual([]);
    const { authToken } = newcomer;
    await buyer.submit("/admin", "/admin/numbers", { country: "GB", phoneNumber, authToken });
    expect(await numbers()).toMatchObject([{ phoneNumber }]);
  } finally {
    await own.close();
  }
});

test.each(["hello", "", "+44 20", "447400900123"])("“%s” is no number to buy", async (phoneNumber) => {
  const before = await owned(newcomer);
  const answer = await buy(visitor, phoneNumber);
  expect(answer.status).toBe(422);
  expect(alerts(answer.text)).toEqual(["Choose one of the available numbers."]);
  expect(offers(answer.text).length).toBeGreaterThan(0);
  expect(await owned(newcomer)).toEqual(before);
});

test("what Twilio refuses is told in its words, with the list still there", async () => {
  const trial = visit(parley.url);
  await trial.signIn(beginner);
  const refused = await buy(trial, await firstOffer("US"), "US");
  expect(refused.status).toBe(422);
  expect(alerts(refused.text).join()).toContain("Trial accounts are allowed only one Twilio number");
  expect(offers(refused.text).length).toBeGreaterThan(0);
});

test("a number that somebody else bought meanwhile is refused", async () => {
  const phoneNumber = await firstOffer("US");
  parley.sandbox.world.faults.add({ kind: "numberSold", times: 1 });
  const refused = await buy(visitor, phoneNumber, "US");
  expect(refused.status).toBe(422);
  expect(alerts(refused.text)).toHaveLength(1);
  expect(accountNumbers(refused.text)).not.toContain(phoneNumber);
});

test("the page of a refused purchase, asked for again, leads to the numbers", async () => {
  expect((await visitor.get("/admin/numbers")).headers.location).toBe("/admin");
});

test("a stranger buys nothing", async () => {
  const before = await owned(newcomer);
  const stranger = visit(parley.url);
  const answer = await stranger.submit("/login", "/admin/numbers", {
    country: "US",
    phoneNumber: "+15005550006",
  });
  expect([answer.status, answer.headers.location]).toEqual([303, "/login"]);
  expect(await owned(newcomer)).toEqual(before);
});
