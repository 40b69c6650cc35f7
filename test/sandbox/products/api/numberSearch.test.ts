import { describe, expect, test } from "vitest";
import { searchOf } from "../../../../src/sandbox/products/api/numberSearch.ts";
import { countryOf, stockOf, type StockNumber } from "../../../../src/sandbox/world/stock.ts";
import type { NumberType } from "../../../../src/sandbox/world/countries.ts";

const refused = expect.objectContaining({ status: 400, code: 20001 }) as Error;

/** A number that might be for sale. */
function numberOf(phoneNumber: string, code = "US", type: NumberType = "local"): StockNumber {
  const country = countryOf(code);
  if (!country) throw new Error(`There is no ${code}`);
  return { phoneNumber, friendlyName: phoneNumber, type, country };
}
const rock = numberOf("+15015550123");
const frisco = numberOf("+14155550123");
const fits = (query: Record<string, string>, number = rock) => searchOf(query)(number);

test("a search without filters wants everything", () => {
  const us = countryOf("US");
  const stock = us ? stockOf(us, "local") : [];
  expect(stock.filter(searchOf({}))).toEqual(stock);
});

describe("Contains", () => {
  test.each([
    ["555", true],
    ["556", false],
    ["+1501", true],
    ["+501", false],
    ["0123$", true],
    ["012$", false],
    ["501*", true],
    ["*0123$", true],
    ["**0123$", true],
    ["+1501555****$", true],
    ["+1501555***$", false],
    ["%0123$", true],
    ["555%", true],
    // On a keypad.
    ["JKL", true],
    ["jkl", true],
    ["JKM", false],
  ])("%j finds +1 501 555 0123: %s", (Contains, found) => {
    expect(fits({ Contains })).toBe(found);
  });

  test.each([
    "5",
    "**",
    "*5*",
    "+1%0123$",
    "206*55*",
    "5-5",
    "55 55",
    "1".repeat(17),
    "$55",
    "5+5",
    "*%55",
    "ÄÖ",
  ])("%j is no pattern", (Contains) => expect(() => searchOf({ Contains })).toThrow(refused));
});

describe("an area code", () => {
  test.each([
    ["501", true],
    ["50", true],
    ["415", false],
    // The digits must stand where an area code stands.
    ["555", false],
  ])("%s finds +1 501 555 0123: %s", (AreaCode, found) => {
    expect(fits({ AreaCode })).toBe(found);
  });

  test.each(["abc", "50155", "+1"])("%s is refused", (AreaCode) => {
    expect(() => searchOf({ AreaCode })).toThrow(refused);
  });
});

describe("abilities and addresses", () => {
  const london = numberOf("+447400900123", "GB", "mobile");
  const berlin = numberOf("+493090182000", "DE");
  const vienna = numberOf("+4312345678", "AT");

  test.each([
    [{ SmsEnabled: "true" }, london, true],
    [{ MmsEnabled: "true" }, london, false],
    [{ MmsEnabled: "TRUE" }, rock, true],
    // Saying false excludes nothing.
    [{ MmsEnabled: "false" }, rock, true],
    [{ SmsEnabled: "true", FaxEnabled: "true" }, rock, false],
    [{ ExcludeAllAddressRequired: "true" }, berlin, false],
    [{ ExcludeAllAddressRequired: "true" }, vienna, false],
    [{ ExcludeAllAddressRequired: "true" }, london, true],
    [{ ExcludeLocalAddressRequired: "true" }, berlin, false],
    [{ ExcludeLocalAddressRequired: "true" }, vienna, true],
    [{ ExcludeForeignAddressRequired: "true" }, berlin, true],
    [{ ExcludeLocalAddressRequired: "false" }, berlin, true],
  ])("%j wants %o: %s", (query, number, wanted) => {
    expect(fits(query as Record<string, string>, number)).toBe(wanted);
  });
});

describe("places", () => {
  test.each([
    [{ InRegion: "ar" }, true],
    [{ InRegion: "CA" }, false],
    [{ InLocality: "little rock" }, true],
    [{ InPostalCode: "72201", InRegion: "CA" }, false],
    [{ InLata: "528" }, true],
    [{ InRateCenter: "LITTLE ROCK", InLata: "528" }, true],
    [{ NearNumber: "+1 (501) 555-9999" }, true],
    [{ NearNumber: "+14155550199" }, false],
    // A number whose place nobody knows is near to none.
    [{ NearNumber: "+12065550199", Distance: "500" }, false],
    [{ NearLatLong: "34.7,-92.3" }, true],
    [{ NearLatLong: "34.7,-92.3", Distance: "0" }, false],
    [{ NearLatLong: "35.5,-92.3", Distance: "50" }, false],
    [{ NearLatLong: "35.5,-92.3", Distance: "60" }, true],
  ])("%j is Little Rock: %s", (query, found) => {
    expect(fits(query as Record<string, string>)).toBe(found);
  });

  test("are known in North America only", () => {
    expect(fits({ InRegion: "AR" }, numberOf("+447400900123", "GB", "mobile"))).toBe(false);
    expect(fits({ InRegion: "AR" }, frisco)).toBe(false);
  });

  test.each([
    [{ InRateCenter: "DENVER" }],
    [{ NearLatLong: "91,0" }],
    [{ NearLatLong: "0,181" }],
    [{ NearLatLong: "here" }],
    [{ NearLatLong: "34.7" }],
    [{ NearNumber: "+15015550123", Distance: "501" }],
    [{ NearNumber: "+15015550123", Distance: "-1" }],
    [{ Distance: "far" }],
  ])("%j is refused", (query) => {
    expect(() => searchOf(query as Record<string, string>)).toThrow(refused);
  });
});
