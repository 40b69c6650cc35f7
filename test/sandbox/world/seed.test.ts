import { describe, expect, test } from "vitest";
import { pastOf } from "../../../src/sandbox/world/history.ts";
import { seedSchema, type SeedAccount } from "../../../src/sandbox/world/seed.ts";
import { unverifiedSchema } from "../../../src/sandbox/world/unverified.ts";
import { anna, ben, londonNumber, shopNumber, shopSeed } from "../../support/people.ts";

const sid = `AC${"0".repeat(32)}`;
const faultsOf = (seed: unknown) => seedSchema.safeParse(seed).error?.issues.map(({ message }) => message);
const faultsOfAccount = (account: unknown) => faultsOf({ accounts: [account] });

describe("a seed", () => {
  test("may leave everything out but the accounts, and a whole one is taken as it is", () => {
    expect(faultsOf({ accounts: [{}] })).toBeUndefined();
    expect(seedSchema.parse(shopSeed())).toEqual(shopSeed());
  });

  test.each([
    ["a SID that is none", { sid: "AC1" }, "AC and 32 hex digits"],
    [
      "a number without its country",
      { numbers: [{ phoneNumber: "5014434496" }] },
      "a phone number as +15014434496",
    ],
    [
      "a number that begins with nought",
      { numbers: [{ phoneNumber: "+05014434496" }] },
      "a phone number as +15014434496",
    ],
    ["an address that is none", { numbers: [{ phoneNumber: shopNumber, smsUrl: "nowhere" }] }, "Invalid URL"],
    ["a key's SID that is none", { keys: [{ sid: "SK1", secret: "hush" }] }, "SK and 32 hex digits"],
    ["a field that nobody knows", { colour: "red" }, 'Unrecognized key: "colour"'],
    ["an unknown kind of account", { type: "Free" }, 'Invalid option: expected one of "Full"|"Trial"'],
    [
      "more history than fits",
      { history: { messages: 1_000_001 } },
      "Too big: expected number to be <=1000000",
    ],
    [
      "a message of the future",
      { messages: [{ ...text(), minutesAgo: -1 }] },
      "Too small: expected number to be >=0",
    ],
  ])("with %s is refused in words", (_what, account, sentence) => {
    expect(faultsOfAccount(account)).toEqual([sentence]);
  });

  test("cannot have an account or a number twice, not even in two accounts", () => {
    expect(faultsOf({ accounts: [{ sid }, { sid }] })).toEqual(["two accounts have one SID"]);
    const account = { numbers: [{ phoneNumber: shopNumber }] };
    expect(faultsOf({ accounts: [account, account] })).toEqual(["two numbers are the same"]);
    // Left-out SIDs are made up, each its own.
    expect(faultsOf({ accounts: [{}, {}] })).toBeUndefined();
  });

  test("says what is assumed of Twilio by name, and only by names that there are", () => {
    expect(faultsOf({ accounts: [], unverified: { secondTrialNumber: 10002 } })).toBeUndefined();
    expect(faultsOf({ accounts: [], unverified: { secondTrialNumber: 10003 } })).toEqual(["Invalid input"]);
    expect(faultsOf({ accounts: [], unverified: { weather: "fine" } })).toEqual([
      'Unrecognized key: "weather"',
    ]);
    expect(unverifiedSchema.parse({})).toMatchObject({ mediaRedirect: 307, retryAfter: null });
  });
});

describe("the past of an account", () => {
  const minutesAgo = (at: Date) => Math.round((Date.now() - at.getTime()) / 60_000);
  const past = (account: SeedAccount) => pastOf(account);

  test("is oldest first, whatever the seed's order", () => {
    const messages = [text(5), text(60), text(0)];
    expect(past({ messages }).map(({ dateCreated }) => minutesAgo(dateCreated))).toEqual([60, 5, 0]);
  });

  test("has arrived or been delivered, unless the seed says otherwise", () => {
    const out = { ...text(), direction: "outbound-api" as const };
    const messages = [text(), out, { ...out, status: "undelivered", errorCode: 30003 }];
    expect(past({ messages }).map(({ status, errorCode }) => [status, errorCode])).toEqual([
      ["received", null],
      ["delivered", null],
      ["undelivered", 30003],
    ]);
  });

  test("is made up one message a minute, in and out by turns, with every number and phone", () => {
    const made = past({
      numbers: [{ phoneNumber: shopNumber }, { phoneNumber: londonNumber }],
      phones: [
        { name: "Anna", phoneNumber: anna },
        { name: "Ben", phoneNumber: ben },
      ],
      history: { messages: 4 },
    });
    expect(made.map(({ from, to, body, dateCreated }) => [from, to, body, minutesAgo(dateCreated)])).toEqual([
      [anna, shopNumber, "Message 1 of 4", 4],
      [londonNumber, ben, "Message 2 of 4", 3],
      [anna, shopNumber, "Message 3 of 4", 2],
      [londonNumber, ben, "Message 4 of 4", 1],
    ]);
  });

  test("needs a number to be made up, but no phones", () => {
    expect(past({ history: { messages: 4 } })).toEqual([]);
    const [first] = past({ numbers: [{ phoneNumber: shopNumber }], history: { messages: 1 } });
    expect(first).toMatchObject({ from: "+15015550000", to: shopNumber, direction: "inbound" });
  });
});

function text(minutesAgo = 0) {
  return { from: anna, to: shopNumber, body: "Hi", direction: "inbound" as const, minutesAgo };
}
