import { expect, test } from "vitest";
import { readCapabilities } from "../../src/twilio/capabilities.ts";
import { priced } from "../../src/twilio/prices.ts";
import type { AvailableNumber } from "../../src/models/types.ts";

test.each([
  ["in capitals, as Twilio writes it", { voice: true, SMS: true, MMS: false }, [true, true, false]],
  ["in small letters, as it describes it", { voice: false, sms: true, mms: true }, [false, true, true]],
  ["with what is nobody's business", { fax: true, voice: true }, [true, false, false]],
  ["in words instead of true", { voice: "true", sms: 1, mms: "yes" }, [false, false, false]],
  ["not at all", null, [false, false, false]],
  ["left out", undefined, [false, false, false]],
])("what a number can do, told %s, is read", (_, told, [voice, sms, mms]) => {
  expect(readCapabilities(told)).toEqual({ voice, sms, mms });
});

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
