import { expect, test } from "vitest";
import type { AvailableNumber } from "../../src/models/types.ts";
import { priced } from "../../src/twilio/prices.ts";

test("a number has the price of its type, in the country's currency, and none where the list has none", () => {
  const monthly = new Map([
    ["local", "1.15"],
    ["toll free", "2.15"],
  ]);
  const priceOf = (type: AvailableNumber["type"]) => {
    const { monthlyPrice, currency } = priced({ type } as AvailableNumber, { currency: "GBP", monthly });
    return [monthlyPrice, currency];
  };
  expect(priceOf("local")).toEqual(["1.15", "GBP"]);
  expect(priceOf("tollFree")).toEqual(["2.15", "GBP"]);
  expect(priceOf("mobile")).toEqual([null, "GBP"]);
});
