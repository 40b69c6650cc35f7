import { describe, expect, test } from "vitest";
import { beginner, shopSeed } from "../../../support/people.ts";
import { useSandbox, type Caller } from "../../useSandbox.ts";

const use = useSandbox();
const buy = (form: Record<string, string>, kind = "", caller?: Caller) =>
  use.call("POST", `IncomingPhoneNumbers${kind}.json`, form, caller);
async function firstFree(country: string, kind: string): Promise<string> {
  const { body } = await use.call("GET", `AvailablePhoneNumbers/${country}/${kind}.json`);
  return (body.available_phone_numbers as { phone_number: string }[])[0]?.phone_number ?? "";
}

test("a number is bought with its settings, and called as its country writes it", async () => {
  const { status, body } = await buy({
    PhoneNumber: "+1 (512) 555-0188",
    SmsUrl: "https://example.com/sms",
    SmsMethod: "get",
  });
  expect([status, body]).toMatchObject([
    201,
    {
      ...{
        phone_number: "+15125550188",
        friendly_name: "(512) 555-0188",
        status: "in-use",
        origin: "twilio",
      },
      ...{ sms_url: "https://example.com/sms", sms_method: "GET", voice_url: "", type: "local", beta: false },
      ...{ capabilities: { voice: true, sms: true, mms: true, fax: false }, address_requirements: "none" },
    },
  ]);
  expect((await buy({ PhoneNumber: "+15125550189", FriendlyName: "Austin" })).body.friendly_name).toBe(
    "Austin",
  );
});

test("an area code buys the next number that is free there", async () => {
  const bought = [await buy({ AreaCode: "604" }), await buy({ AreaCode: "604" })].map(
    ({ body }) => body.phone_number,
  );
  expect(bought.every((number) => String(number).startsWith("+1604"))).toBe(true);
  expect(bought[0]).not.toBe(bought[1]);
});

describe("a kind of its own", () => {
  test.each([
    ["/Local", "US", "Local", 201],
    ["/Mobile", "GB", "Mobile", 201],
    ["/TollFree", "US", "TollFree", 201],
    ["/TollFree", "CA", "TollFree", 201],
    ["/TollFree", "US", "Local", 21458],
    ["/Local", "US", "TollFree", 21458],
    ["/Local", "GB", "Mobile", 21458],
    ["/Mobile", "GB", "Local", 21458],
    ["/Mobile", "US", "TollFree", 21458],
  ])("IncomingPhoneNumbers%s sells a number of %s/%s: %i", async (kind, country, sold, expected) => {
    const { status, code } = await buy({ PhoneNumber: await firstFree(country, sold) }, kind);
    expect(code ?? status).toBe(expected);
  });

  test.each(["/Local", "/Mobile", "/TollFree"])("%s sells nothing by area code", async (kind) => {
    expect((await buy({ AreaCode: "415" }, kind)).body).toMatchObject({ status: 400, code: 21457 });
  });
});

describe("an area code", () => {
  test.each([
    ["41", 21451],
    ["4155", 21451],
    ["115", 21451],
    ["abc", 21451],
    ["206", 21452],
  ])("%s is refused with %i", async (AreaCode, code) => {
    expect((await buy({ AreaCode })).body).toMatchObject({ status: 400, code });
  });
});

describe("an address", () => {
  const made = async (IsoCountry: string, caller?: Caller) => {
    const home = { CustomerName: "Anna", Street: "1", City: "X", Region: "X", PostalCode: "1", IsoCountry };
    return String((await use.call("POST", "Addresses.json", home, caller)).body.sid);
  };

  test("in the country itself is asked for where that is required", async () => {
    const PhoneNumber = await firstFree("DE", "Mobile");
    const missing = await buy({ PhoneNumber });
    expect(missing.body).toMatchObject({
      code: 21615,
      message: "Phone Number Requires a Local Address but the 'AddressSid' parameter was empty.",
    });
    expect((await buy({ PhoneNumber, AddressSid: await made("AT") })).code).toBe(21615);
    const AddressSid = await made("DE");
    expect((await buy({ PhoneNumber, AddressSid })).body).toMatchObject({
      address_sid: AddressSid,
      address_requirements: "local",
    });
  });

  test("anywhere is enough where any will do, but it must be the account's own", async () => {
    const PhoneNumber = await firstFree("PL", "Mobile");
    expect((await buy({ PhoneNumber })).code).toBe(21631);
    expect((await buy({ PhoneNumber, AddressSid: await made("PL", beginner) })).body).toMatchObject({
      code: 21631,
      message: expect.stringMatching(
        /^Could not find Address with sid AD\w{32} for account AC\w{32} to satisfy Address/,
      ) as string,
    });
    expect((await buy({ PhoneNumber, AddressSid: await made("SE") })).status).toBe(201);
  });

  test("is asked for by no toll-free number", async () => {
    expect((await buy({ PhoneNumber: await firstFree("CA", "TollFree") })).body.address_requirements).toBe(
      "none",
    );
  });
});

describe("where nobody knows Twilio's answer", () => {
  test.each([
    [{ secondTrialNumber: 10002 }, { AreaCode: "415" }, beginner, 10002],
    [{ secondTrialNumber: 21404 }, { AreaCode: "415" }, beginner, 21404],
    [{ nothingToBuy: 20001 }, {}, undefined, 20001],
    [{ nothingToBuy: 21421 }, {}, undefined, 21421],
  ] as const)("it is %j", async (unverified, form, caller, code) => {
    await use.reopen({ seed: { ...shopSeed(), unverified } });
    expect((await buy(form, "", caller)).body).toMatchObject({ status: 400, code });
  });
});

test("a refused purchase buys nothing", async () => {
  expect((await buy({ PhoneNumber: "+15125550188", SmsUrl: "nowhere" })).code).toBe(21402);
  expect(use.sandbox.world.ownerOf("+15125550188")).toBeUndefined();
});

test("the first number of a trial is bought as any other", async () => {
  const [number] = [...(use.sandbox.world.accounts.get(beginner.accountSid)?.numbers.keys() ?? [])];
  await use.call("DELETE", `IncomingPhoneNumbers/${number}.json`, {}, beginner);
  expect((await buy({ AreaCode: "415" }, "", beginner)).status).toBe(201);
  expect((await buy({ AreaCode: "415" }, "", beginner)).code).toBe(21404);
});
