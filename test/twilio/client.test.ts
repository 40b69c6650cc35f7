import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { createTwilioApi, type TwilioApi } from "../../src/twilio/client.ts";
import { beginner, newcomer, shop, shopNumber, londonNumber, shopSeed } from "../support/people.ts";
import { answer, serve } from "../support/localServer.ts";

const suspended = { accountSid: `AC${"5d".repeat(16)}`, authToken: "1a".repeat(16) };
const closed = { accountSid: `AC${"c1".repeat(16)}`, authToken: "2b".repeat(16) };
const testToken = "7e".repeat(16);

let sandbox: Sandbox;
let api: TwilioApi;
beforeAll(async () => {
  const seed = shopSeed();
  seed.accounts.push(
    { sid: suspended.accountSid, authToken: suspended.authToken, status: "suspended" },
    { sid: closed.accountSid, authToken: closed.authToken, status: "closed", testAuthToken: testToken },
  );
  sandbox = await startSandbox({ seed });
  api = createTwilioApi({ apiUrl: sandbox.url });
});
afterAll(() => sandbox.close());

describe("the account of the credentials", () => {
  test("is told without its Auth Token", async () => {
    const account = await api.fetchAccount(shop);
    expect(account).toEqual({
      sid: shop.accountSid,
      friendlyName: "Walnut & Sons",
      type: "Full",
      status: "active",
    });
    expect(await api.fetchAccount(beginner)).toMatchObject({ type: "Trial" });
  });

  test("says when it is suspended or closed", async () => {
    expect(await api.fetchAccount(suspended)).toMatchObject({ status: "suspended" });
    expect(await api.fetchAccount(closed)).toMatchObject({ status: "closed" });
    await expect(api.listNumbers(suspended)).rejects.toMatchObject({ reason: "suspended" });
  });

  test.each([
    ["a wrong token", { ...shop, authToken: "0".repeat(32) }, "wrong"],
    ["an unknown account", { ...shop, accountSid: `AC${"9".repeat(32)}` }, "wrong"],
    ["another account's token", { ...shop, authToken: beginner.authToken }, "wrong"],
    ["test credentials", { ...closed, authToken: testToken }, "test"],
  ])("is not told for %s", async (_, credentials, reason) => {
    await expect(api.fetchAccount(credentials)).rejects.toMatchObject({ name: "BadCredentials", reason });
  });
});

describe("the account's numbers", () => {
  test("come with what they can do", async () => {
    const numbers = await api.listNumbers(shop);
    expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual([shopNumber, londonNumber]);
    expect(numbers[1]).toEqual({
      sid: expect.stringMatching(/^PN/) as string,
      phoneNumber: londonNumber,
      friendlyName: "London",
      voice: true,
      sms: true,
      mms: false,
      smsUrl: "",
      createdAt: expect.any(Date) as Date,
      updatedAt: expect.any(Date) as Date,
    });
    expect(await api.listNumbers(newcomer)).toEqual([]);
  });

  test("come from all pages of a long list", async () => {
    const many = Array.from({ length: 1_100 }, (_, index) => ({ phoneNumber: `+1501555${1_000 + index}` }));
    const big = await startSandbox({
      seed: { accounts: [{ sid: shop.accountSid, authToken: shop.authToken, numbers: many }] },
    });
    const numbers = await createTwilioApi({ apiUrl: `${big.url}/` }).listNumbers(shop);
    await big.close();
    expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual(many.map(({ phoneNumber }) => phoneNumber));
  });
});

describe("a list of numbers that leads in a circle", () => {
  const page = (name: string) =>
    `/2010-04-01/Accounts/${shop.accountSid}/IncomingPhoneNumbers.json?Page=${name}`;

  test.each([
    ["to the same page", ["0", "0"], 2],
    ["between two pages", ["0", "1", "0"], 3],
  ])("%s ends", async (_, leads, calls) => {
    let asked = 0;
    const circle = createTwilioApi({
      apiUrl: await serve((_request, response) => {
        const next = leads[asked % leads.length] ?? "";
        asked += 1;
        const numbers = [{ sid: `PN${asked}`, phone_number: shopNumber }];
        answer(200, JSON.stringify({ incoming_phone_numbers: numbers, next_page_uri: page(next) }))(
          _request,
          response,
        );
      }),
    });
    expect(await circle.listNumbers(shop)).toHaveLength(calls);
    expect(asked).toBe(calls);
  });

  test("of ever new pages ends, too", async () => {
    let asked = 0;
    const endless = createTwilioApi({
      apiUrl: await serve((request, response) => {
        asked += 1;
        const body = { incoming_phone_numbers: [], next_page_uri: page(String(asked)) };
        answer(200, JSON.stringify(body))(request, response);
      }),
    });
    expect(await endless.listNumbers(shop)).toEqual([]);
    expect(asked).toBe(100);
  });

  test("an entry that is no number does not hide the others", async () => {
    const entries = [
      null,
      7,
      {},
      { sid: "PN1" },
      { sid: "PN2", phone_number: shopNumber, date_created: "?" },
    ];
    const body = JSON.stringify({ incoming_phone_numbers: entries, next_page_uri: null });
    const odd = createTwilioApi({ apiUrl: await serve(answer(200, body)) });
    expect(await odd.listNumbers(shop)).toEqual([
      expect.objectContaining({ sid: "PN2", phoneNumber: shopNumber, createdAt: new Date(0), sms: false }),
    ]);
  });
});

describe("buying", () => {
  test("gives the number our webhook in the same call", async () => {
    const bought = await api.buyNumber(newcomer, "+13035550142", "https://inbox.example/sms#rc=5&rp=all");
    expect(bought).toMatchObject({
      phoneNumber: "+13035550142",
      sms: true,
      smsUrl: "https://inbox.example/sms#rc=5&rp=all",
    });
    expect(settingsOf("+13035550142")).toMatchObject({ SmsMethod: "POST" });
  });

  test("without a public address sets no webhook", async () => {
    const { smsUrl } = await api.buyNumber(newcomer, "+13035550143", undefined);
    expect(smsUrl).toBe("");
    expect(settingsOf("+13035550143")).not.toHaveProperty("SmsMethod");
  });

  test.each([
    [beginner, "+13035550144", 21404, /^Trial accounts are allowed only one Twilio number/],
    [newcomer, shopNumber, 21422, /not available/],
    [newcomer, "+1303", 21421, /invalid/],
  ])("what Twilio refuses comes with Twilio's words: %#", async (account, phoneNumber, code, words) => {
    await expect(api.buyNumber(account, phoneNumber, undefined)).rejects.toMatchObject({
      name: "TwilioRefused",
      code,
      message: expect.stringMatching(words) as string,
    });
  });

  function settingsOf(phoneNumber: string) {
    return sandbox.world.accounts.get(newcomer.accountSid)?.numberFor(phoneNumber)?.settings;
  }
});

describe("numbers on offer", () => {
  test("countries come by name", async () => {
    const countries = await api.listCountries(shop);
    expect(countries).toContainEqual({ code: "GB", name: "United Kingdom" });
    const names = countries.map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, "en")));
  });

  test("every type that the country sells comes with its price and what it can do", async () => {
    const numbers = await api.listAvailable(shop, { country: "US" });
    expect(new Set(numbers.map(({ type, monthlyPrice }) => `${type} ${monthlyPrice}`))).toEqual(
      new Set(["local 1.15", "tollFree 2.15"]),
    );
    for (const number of numbers) {
      expect(number).toMatchObject({
        voice: true,
        sms: true,
        mms: true,
        needsAddress: false,
        currency: "USD",
      });
      expect(number.phoneNumber).toMatch(/^\+1\d{10}$/);
    }
  });

  test("say when an address is needed, and what they cannot do", async () => {
    const [number] = await api.listAvailable(shop, { country: "DE", type: "mobile" });
    expect(number).toMatchObject({
      type: "mobile",
      needsAddress: true,
      sms: true,
      mms: false,
      monthlyPrice: "1.00",
    });
  });

  test("can be narrowed by type and digits", async () => {
    const numbers = await api.listAvailable(shop, { country: "US", type: "local", contains: "501" });
    expect(numbers.length).toBeGreaterThan(0);
    for (const { type, phoneNumber } of numbers)
      expect([type, phoneNumber]).toEqual(["local", expect.stringContaining("501")]);
  });

  test("are none of a type or in a country that Twilio does not sell", async () => {
    expect(await api.listAvailable(shop, { country: "AT", type: "mobile" })).toEqual([]);
    expect(await api.listAvailable(shop, { country: "ZZ" })).toEqual([]);
  });
});

describe("where calls go", () => {
  test("each product of Twilio has its own path, and every call is told without secrets", async () => {
    const calls: object[] = [];
    const watched = createTwilioApi({ apiUrl: sandbox.url, onCall: (call) => calls.push(call) });
    await watched.listAvailable(shop, { country: "BE" });
    const country = `/2010-04-01/Accounts/${shop.accountSid}/AvailablePhoneNumbers/BE`;
    const paths = ["/pricing/v1/PhoneNumbers/Countries/BE", `${country}.json`, `${country}/Mobile.json`];
    expect(calls).toHaveLength(3);
    for (const path of paths) {
      expect(calls).toContainEqual({
        method: "GET",
        path: path.replace(/AC[0-9a-f]{26}/, "AC…"),
        product: path.startsWith("/pricing") ? "pricing" : "api",
        status: 200,
        ms: expect.any(Number) as number,
      });
    }
  });

  test("a call without an answer is told too", async () => {
    const apiUrl = await serve((request) => request.socket.destroy());
    const calls: object[] = [];
    const watched = createTwilioApi({ apiUrl, onCall: (call) => calls.push(call) });
    await expect(watched.fetchAccount(shop)).rejects.toThrow();
    expect(calls).toEqual([expect.objectContaining({ method: "GET", status: null })]);
  });
});
