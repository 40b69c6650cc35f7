import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { milesBetween, placeOf } from "../../../src/sandbox/world/areaCodes.ts";
import { countries } from "../../../src/sandbox/world/countries.ts";
import { countryOf, offerOf, stockOf } from "../../../src/sandbox/world/stock.ts";
import type { NumberType } from "../../../src/sandbox/world/countries.ts";

const offers = countries.flatMap((country) =>
  (Object.keys(country.offers) as NumberType[]).map((type) => [country.code, type, country] as const),
);

describe("what is for sale", () => {
  test.each(offers)("%s %s: real numbers of that country, each once", (code, type, country) => {
    const numbers = stockOf(country, type).map(({ phoneNumber }) => phoneNumber);
    expect(numbers.length).toBeGreaterThanOrEqual(30);
    expect(new Set(numbers).size).toBe(numbers.length);
    const wrong = numbers.filter((number) => {
      const parsed = parsePhoneNumberFromString(number);
      // North America shares its toll-free numbers.
      const home =
        type === "toll_free" ? country.callingCode === parsed?.countryCallingCode : parsed?.country === code;
      return !parsed?.isValid() || !home;
    });
    expect(wrong).toEqual([]);
  });

  test("is the same in every sandbox, so that a search can be repeated", () => {
    const us = countryOf("US");
    expect(us && stockOf(us, "local").slice(0, 2)).toMatchObject([
      { phoneNumber: "+14159999999", friendlyName: "(415) 999-9999" },
      { phoneNumber: "+12127654320", friendlyName: "(212) 765-4320" },
    ]);
  });

  test("is nothing of a kind that the country does not offer", () => {
    const us = countryOf("US");
    expect(us && stockOf(us, "mobile")).toEqual([]);
  });

  test("has a price of its country and kind", () => {
    expect(offerOf("+15014434496", "local")?.price).toBe("1.15");
    expect(offerOf("+18335550123", "toll_free")?.price).toBe("2.15");
    expect(offerOf("+15014434496", "mobile")).toBeUndefined();
    expect(offerOf("+35312345678", "local")).toBeUndefined();
    expect(offerOf("nobody", "local")).toBeUndefined();
  });
});

test("countries are known by their two capital letters only", () => {
  expect([countryOf("GB")?.name, countryOf("gb"), countryOf("XX")]).toEqual([
    "United Kingdom",
    undefined,
    undefined,
  ]);
});

describe("places in North America", () => {
  test("belong to the area code of a number", () => {
    expect(placeOf("+14155550123")).toMatchObject({ locality: "San Francisco", rateCenter: "SAN FRANCISCO" });
    expect(placeOf("+12065550123")).toBeUndefined();
    // A British number with the same digits is elsewhere.
    expect(placeOf("+441555501234")).toBeUndefined();
  });

  test.each([
    ["+12125550123", "+14155550123", 2_566],
    ["+15015550123", "+15125550123", 443],
    ["+14165550123", "+15145550123", 314],
    ["+15015550123", "+15015550199", 0],
  ])("from %s to %s it is as far as on the map, both ways", (one, other, miles) => {
    const [from, to] = [placeOf(one), placeOf(other)];
    if (!from || !to) throw new Error("The places are unknown");
    expect(Math.abs(milesBetween(from, to) - miles)).toBeLessThan(10);
    expect(milesBetween(to, from)).toBeCloseTo(milesBetween(from, to), 6);
  });

  test("the longest way is half around the earth", () => {
    const [here, opposite] = [
      { latitude: 10, longitude: 20 },
      { latitude: -10, longitude: -160 },
    ];
    expect(milesBetween(here, opposite)).toBeCloseTo(12_437, -1);
  });
});
