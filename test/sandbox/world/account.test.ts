import { describe, expect, test } from "vitest";
import { SandboxAccount } from "../../../src/sandbox/world/account.ts";
import { anna, ben, londonNumber, shopNumber } from "../../support/people.ts";
import { serviceIn } from "./worlds.ts";

const accountWith = (...phoneNumbers: string[]) =>
  new SandboxAccount({ numbers: phoneNumbers.map((phoneNumber) => ({ phoneNumber })) });

describe("a new account", () => {
  test("makes up what the seed leaves out", () => {
    const account = new SandboxAccount({});
    expect(account).toMatchObject({
      sid: expect.stringMatching(/^AC[0-9a-f]{32}$/) as string,
      authToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      friendlyName: "Sandbox account",
      type: "Full",
      trial: "legacy",
      status: "active",
    });
    expect([account.ownerSid, account.testAuthToken === account.authToken]).toEqual([account.sid, false]);
  });

  test("has its numbers in the seed's order, one bought a day", () => {
    const { numbers } = accountWith(shopNumber, londonNumber);
    const [first, second] = [...numbers.values()];
    expect([first?.phoneNumber, second?.phoneNumber]).toEqual([shopNumber, londonNumber]);
    const apart = (second?.dateCreated.getTime() ?? 0) - (first?.dateCreated.getTime() ?? 0);
    expect(apart / 86_400_000).toBeCloseTo(1, 3);
  });

  test("may text whom the seed calls verified", () => {
    const account = new SandboxAccount({ verified: [anna] });
    expect([account.isVerified(anna), account.isVerified(ben)]).toEqual([true, false]);
  });
});

test.each([
  [shopNumber, "local", true],
  ["+18335550123", "toll_free", true],
  [londonNumber, "mobile", false],
  ["+493090182000", "local", false],
])("%s is %s, and takes pictures: %s", (phoneNumber, type, mms) => {
  const number = accountWith(phoneNumber).numberFor(phoneNumber);
  expect([number?.type, number?.capabilities]).toEqual([type, { voice: true, sms: true, mms, fax: false }]);
});

test("a number is known on every channel", () => {
  const account = accountWith(shopNumber);
  for (const address of [shopNumber, `whatsapp:${shopNumber}`, `rcs:${shopNumber}`])
    expect(account.numberFor(address)?.phoneNumber).toBe(shopNumber);
  expect(account.numberFor(`telegram:${shopNumber}`)).toBeUndefined();
});

describe("an opt-out", () => {
  test("is between one number and one person, until it is taken back", () => {
    const account = accountWith(shopNumber, londonNumber);
    account.block(shopNumber, anna);
    expect(account.isBlocked(shopNumber, anna)).toBe(true);
    expect(account.isBlocked(shopNumber, ben)).toBe(false);
    expect(account.isBlocked(londonNumber, anna)).toBe(false);
    account.unblock(shopNumber, anna);
    expect(account.isBlocked(shopNumber, anna)).toBe(false);
  });

  test("counts for every number of a Messaging Service, and stays with the Service", () => {
    const account = accountWith(shopNumber, londonNumber);
    const { numbers } = serviceIn(account, [shopNumber, londonNumber]);
    account.block(shopNumber, anna);
    expect(account.isBlocked(londonNumber, anna)).toBe(true);
    numbers.delete(account.numberFor(londonNumber)?.sid ?? "");
    expect(account.isBlocked(londonNumber, anna)).toBe(false);
    expect(account.isBlocked(shopNumber, anna)).toBe(true);
  });

  test.each([
    ["SMS", "RCS", "", "rcs:", true],
    ["RCS", "SMS", "rcs:", "", true],
    ["SMS", "WhatsApp", "", "whatsapp:", false],
    ["WhatsApp", "SMS", "whatsapp:", "", false],
  ])("on %s counts on %s as at Twilio", (_said, _sent, said, sent, blocked) => {
    const account = accountWith(shopNumber);
    account.block(said + shopNumber, said + anna);
    expect(account.isBlocked(sent + shopNumber, sent + anna)).toBe(blocked);
  });
});

describe("tokens", () => {
  test("a promoted token takes the primary one's place, and the second one is gone", () => {
    const account = accountWith();
    const primary = account.authToken;
    const secondary = account.makeSecondaryToken();
    expect([account.authToken, account.secondaryToken]).toEqual([primary, secondary]);
    account.promoteSecondaryToken();
    expect([account.authToken, account.secondaryToken]).toEqual([secondary, undefined]);
  });

  test("making a second one again replaces it", () => {
    const account = accountWith();
    const first = account.makeSecondaryToken();
    expect(account.makeSecondaryToken()).not.toBe(first);
  });
});

test("the Debugger has the newest first, a thousand at most", () => {
  const account = accountWith();
  const alert = {
    ...{ logLevel: "error" as const, text: "", resourceSid: "", requestMethod: "POST", requestUrl: "" },
    ...{ requestVariables: "", requestHeaders: "", responseHeaders: "", responseBody: "" },
  };
  for (let errorCode = 1; errorCode <= 1_002; errorCode += 1) account.alert({ ...alert, errorCode });
  expect(account.alerts).toHaveLength(1_000);
  expect([account.alerts[0]?.errorCode, account.alerts.at(-1)?.errorCode]).toEqual([1_002, 3]);
});
