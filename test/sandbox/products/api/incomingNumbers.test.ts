import { describe, expect, test } from "vitest";
import { beginner, londonNumber, newcomer, shop, shopNumber, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox();

test("a number is bought as E.164, and another account's is not for sale however it is written", async () => {
  const foreign = await use.call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: "+1 (415) 555-0123" });
  expect([foreign.status, foreign.code]).toEqual([400, 21422]);
});

test("a number without a name is called as its country writes it", async () => {
  const seed = shopSeed();
  Object.assign(seed.accounts[0] ?? {}, {
    numbers: [{ phoneNumber: shopNumber }, { phoneNumber: londonNumber }],
  });
  await use.reopen({ seed });
  const { body } = await use.call("GET", "IncomingPhoneNumbers.json");
  expect(
    (body.incoming_phone_numbers as { friendly_name: string }[]).map((each) => each.friendly_name),
  ).toEqual(["(501) 443-4496", "07400 900123"]);
});

test("a refused purchase says why without the words that SDKs add", async () => {
  const { body } = await use.call("POST", "IncomingPhoneNumbers.json", { AreaCode: "415" }, beginner);
  expect(body.message).toMatch(/^Trial accounts are allowed only one Twilio number\./);
});

const sidOf = (phoneNumber: string) => use.shop.numberFor(phoneNumber)?.sid ?? "";
const update = (form: Record<string, string>, phoneNumber = shopNumber) =>
  use.call("POST", `IncomingPhoneNumbers/${sidOf(phoneNumber)}.json`, form);

describe("the list", () => {
  const names = async (query: string, kind = "") => {
    const { body } = await use.call("GET", `IncomingPhoneNumbers${kind}.json?${query}`);
    return (body.incoming_phone_numbers as { friendly_name: string }[]).map((each) => each.friendly_name);
  };

  test.each([
    ["", ["Shop", "London"]],
    ["PhoneNumber=%2B15014434496", ["Shop"]],
    ["PhoneNumber=900", ["London"]],
    ["PhoneNumber=501*****96", ["Shop"]],
    ["PhoneNumber=501***96", []],
    ["FriendlyName=London", ["London"]],
    ["FriendlyName=Lon", []],
    ["Origin=twilio", ["Shop", "London"]],
    ["Origin=hosted", []],
    ["FriendlyName=London&PhoneNumber=501", []],
  ])("of ?%s is %j", async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test("of a kind has that kind only", async () => {
    expect([await names("", "/Local"), await names("", "/Mobile"), await names("", "/TollFree")]).toEqual([
      ["Shop"],
      ["London"],
      [],
    ]);
  });
});

describe("a change", () => {
  test("leaves the rest as it is, and an empty address clears one", async () => {
    await update({ SmsUrl: "https://example.com/sms", SmsMethod: "GET" });
    const { body } = await update({ VoiceUrl: "https://example.com/call" });
    expect(body).toMatchObject({
      ...{ sms_url: "https://example.com/sms", sms_method: "GET", friendly_name: "Shop" },
      ...{ voice_url: "https://example.com/call", voice_method: "POST" },
    });
    expect((await update({ SmsUrl: "" })).body.sms_url).toBe("");
    expect((await update({ FriendlyName: "" })).body.friendly_name).toBe("Shop");
  });

  test.each([
    [21402, { StatusCallback: "nowhere" }],
    [21403, { VoiceMethod: "PUT" }],
    [21405, { VoiceFallbackUrl: "https://example.com/f" }],
    [21406, { SmsFallbackUrl: "https://example.com/f" }],
    [20001, { FriendlyName: "x".repeat(65) }],
  ])("is refused with %i for %j, and nothing is changed", async (code, form) => {
    const refused = await update({ ...(form as Record<string, string>), BundleSid: unknown("BU") });
    expect(refused.body).toMatchObject({ status: 400, code });
    expect(use.shop.numberFor(shopNumber)?.settings.BundleSid).toBeUndefined();
  });

  test("may take the main address away only together with its fallback", async () => {
    await update({ SmsUrl: "https://example.com/a", SmsFallbackUrl: "https://example.com/b" });
    expect((await update({ SmsUrl: "" })).code).toBe(21406);
    expect((await update({ SmsUrl: "", SmsFallbackUrl: "" })).body).toMatchObject({
      sms_url: "",
      sms_fallback_url: "",
    });
  });

  test("may name an emergency address, which is registered then", async () => {
    expect((await update({ EmergencyAddressSid: unknown("AD") })).body).toMatchObject({
      emergency_address_sid: unknown("AD"),
      emergency_address_status: "registered",
    });
  });
});

describe("a move to another account", () => {
  const open = async (): Promise<string> => {
    const { body } = await use.call("POST", "/2010-04-01/Accounts.json", { FriendlyName: "Branch" });
    return String(body.sid);
  };

  test.each([
    ["that has no SID's form", "AC1", 21470],
    ["that there is not", unknown("AC"), 21471],
    ["that is nobody's here", newcomer.accountSid, 21473],
  ])("%s is refused", async (_what, AccountSid, code) => {
    expect((await update({ AccountSid })).body).toMatchObject({ status: 400, code });
    expect(use.shop.numberFor(shopNumber)).toBeDefined();
  });

  test("that is suspended is refused, until it is not", async () => {
    const AccountSid = await open();
    const become = (Status: string) =>
      use.call("POST", `/2010-04-01/Accounts/${AccountSid}.json`, { Status });
    await become("suspended");
    expect((await update({ AccountSid })).code).toBe(21472);
    await become("active");
    expect((await update({ AccountSid })).body.account_sid).toBe(AccountSid);
  });

  test("takes the number out of its Messaging Service", async () => {
    const service = String(
      (await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Pool" })).body.sid,
    );
    const pool = `/messaging/v1/Services/${service}/PhoneNumbers`;
    await use.call("POST", pool, { PhoneNumberSid: sidOf(shopNumber) });
    await update({ AccountSid: await open() });
    expect((await use.call("GET", pool)).body.phone_numbers).toEqual([]);
  });
});

describe("a number that was released", () => {
  test("is gone, also from its Messaging Service, and for sale again", async () => {
    const sid = sidOf(shopNumber);
    const service = String(
      (await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Pool" })).body.sid,
    );
    await use.call("POST", `/messaging/v1/Services/${service}/PhoneNumbers`, { PhoneNumberSid: sid });
    expect((await use.call("DELETE", `IncomingPhoneNumbers/${sid}.json`)).status).toBe(204);
    for (const method of ["GET", "POST", "DELETE"])
      expect((await use.call(method, `IncomingPhoneNumbers/${sid}.json`)).code).toBe(20404);
    expect(use.shop.services.get(service)?.numbers.size).toBe(0);
    const again = await use.call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: shopNumber }, newcomer);
    expect(again.body).toMatchObject({
      phone_number: shopNumber,
      account_sid: newcomer.accountSid,
      sms_url: "",
    });
  });

  test("keeps its past in the log", async () => {
    const before = use.sandbox.world.messages(shop.accountSid).length;
    await use.call("DELETE", `IncomingPhoneNumbers/${sidOf(shopNumber)}.json`);
    expect(use.sandbox.world.messages(shop.accountSid)).toHaveLength(before);
  });
});
