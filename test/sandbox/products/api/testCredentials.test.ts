import { describe, expect, test } from "vitest";
import { anna, beginner, shop, shopNumber, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const testToken = "7e".repeat(16);
const use = useSandbox();

describe("trial accounts and test credentials", () => {
  test("a trial account of today sends Twilio's templates only", async () => {
    const seed = shopSeed();
    Object.assign(seed.accounts[1] ?? {}, { trial: "current" });
    await use.reopen({ seed });
    const from = { From: "+14155550123", To: anna };
    expect((await use.call("POST", "Messages.json", { ...from, Body: "Hi" }, beginner)).code).toBe(572006);
    const sent = await use.call("POST", "Messages.json", { ...from, Body: "sms_2fa" }, beginner);
    expect(sent.body.body).toBe("sms_2fa");
  });

  test.each([
    [21212, "+15005550001", anna],
    [21606, "+15005550007", anna],
    [21611, "+15005550008", anna],
    [21606, shopNumber, anna],
    [21211, "+15005550006", "+15005550001"],
    [21612, "+15005550006", "+15005550002"],
    [21408, "+15005550006", "+15005550003"],
    [21610, "+15005550006", "+15005550004"],
    [21614, "+15005550006", "+15005550009"],
    [undefined, "+15005550006", anna],
  ])("test credentials get %s for %s to %s and nothing is kept", async (code, From, To) => {
    const seed = shopSeed();
    Object.assign(seed.accounts[0] ?? {}, { testAuthToken: testToken });
    await use.reopen({ seed });
    const before = use.sandbox.world.messages(shop.accountSid).length;
    const tester = { ...shop, authToken: testToken };
    const sent = await use.call("POST", "Messages.json", { From, To, Body: "Hi" }, tester);
    expect([sent.code, sent.status]).toEqual([code, code === 21611 ? 429 : code ? 400 : 201]);
    expect(use.sandbox.world.messages(shop.accountSid)).toHaveLength(before);
    expect((await use.call("GET", "Messages.json", {}, tester)).code).toBe(20008);
  });

  test.each([
    [21422, { PhoneNumber: "+15005550000" }],
    [21421, { PhoneNumber: "+15005550001" }],
    [21452, { AreaCode: "533" }],
    [undefined, { PhoneNumber: "+15005550006" }],
    [undefined, { AreaCode: "500" }],
  ])("buying with test credentials gets %s for %j and buys nothing", async (code, form) => {
    const seed = shopSeed();
    Object.assign(seed.accounts[0] ?? {}, { testAuthToken: testToken });
    await use.reopen({ seed });
    const tester = { ...shop, authToken: testToken };
    expect(
      (await use.call("POST", "IncomingPhoneNumbers.json", form as Record<string, string>, tester)).code,
    ).toBe(code);
    expect(use.sandbox.world.accounts.get(shop.accountSid)?.numbers.size).toBe(2);
  });
});
