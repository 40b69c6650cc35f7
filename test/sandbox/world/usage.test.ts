import { describe, expect, test } from "vitest";
import { SandboxAccount } from "../../../src/sandbox/world/account.ts";
import type { Draft } from "../../../src/sandbox/world/newMessage.ts";
import { balanceOf, usageOf } from "../../../src/sandbox/world/usage.ts";
import { londonNumber, shopNumber } from "../../support/people.ts";
import { messageOf } from "./worlds.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 25, hour));
const beginning = new Date(0);
const end = new Date(8.64e15);

function accountWith(...drafts: Partial<Draft>[]): SandboxAccount {
  const account = new SandboxAccount({});
  for (const draft of drafts)
    account.log.add(messageOf({ dateCreated: at(12), price: "-0.00830", ...draft }));
  return account;
}

function used(account: SandboxAccount, from = beginning, until = end) {
  const found = usageOf(account, from, until).map((usage) => [usage.category, usage] as const);
  return Object.fromEntries(found);
}

const outbound = { direction: "outbound-api", status: "delivered" } as const;

describe("messages", () => {
  test("are counted by direction, and pictures apart from texts", () => {
    const account = accountWith({}, outbound, outbound, { numMedia: 1 }, { ...outbound, numMedia: 2 });
    const counts = Object.entries(used(account)).map(([category, { count }]) => [category, count] as const);
    expect(Object.fromEntries(counts)).toMatchObject({
      sms: 3,
      "sms-inbound": 1,
      "sms-outbound": 2,
      mms: 2,
      "mms-inbound": 1,
      "mms-outbound": 1,
    });
  });

  test("are counted as messages, and used by the segment", () => {
    const long = { body: "x".repeat(307), price: "-0.02490" };
    const { sms } = used(accountWith({}, long));
    expect(sms).toMatchObject({ count: 2, countUnit: "messages", usage: 4, usageUnit: "segments" });
    expect(sms?.price).toBeCloseTo(0.0332, 10);
  });

  test("that were not billed do not count", () => {
    expect(used(accountWith({ ...outbound, status: "failed", price: null })).sms).toMatchObject({
      count: 0,
      price: 0,
    });
  });

  test("belong to the time they were sent in, from its first moment up to, not with, its last", () => {
    const account = accountWith({ dateCreated: at(10) }, { dateCreated: at(11) }, { dateCreated: at(12) });
    expect(used(account, at(10), at(12)).sms?.count).toBe(2);
    expect(used(account, at(13), at(14)).sms?.count).toBe(0);
  });
});

describe("numbers", () => {
  test("cost what their country asks for their kind, and are counted by kind", () => {
    const account = accountWith();
    account.addNumber(shopNumber, {});
    account.addNumber("+18335550123", {});
    account.addNumber("+393201234567", {});
    expect(used(account)).toMatchObject({
      phonenumbers: { count: 3, countUnit: "numbers", usage: 3, usageUnit: "numbers" },
      "phonenumbers-local": { count: 1, price: 1.15 },
      "phonenumbers-tollfree": { count: 1, price: 2.15 },
      "phonenumbers-mobile": { count: 1, price: 25 },
    });
  });

  test("count in the time they were bought in", () => {
    const account = accountWith();
    account.addNumber(londonNumber, {}).dateCreated = at(12);
    expect(used(account, at(12), at(13)).phonenumbers?.count).toBe(1);
    expect(used(account, at(13), at(14)).phonenumbers?.count).toBe(0);
  });
});

test("the total price is that of texts, pictures and numbers, each once", () => {
  const account = accountWith({ price: "-1.00000" }, { numMedia: 1, price: "-2.00000" });
  account.addNumber(shopNumber, {});
  expect(used(account).totalprice?.price).toBeCloseTo(4.15, 10);
});

test("the balance is what is left of 100 dollars, and may be overdrawn", () => {
  expect(balanceOf(accountWith())).toBe(100);
  expect(balanceOf(accountWith({ price: "-30.00000" }, { price: "-80.00000" }))).toBeCloseTo(-10, 10);
});
