import fc from "fast-check";
import { getCountries } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { countryOf, parsePhoneNumber } from "../../../src/models/numbers/phoneNumber.ts";

describe("a number is read however people write it", () => {
  test.each([
    ["(501) 443-4496", "US", "+15014434496"],
    ["501.443.4496", "US", "+15014434496"],
    ["1-501-443-4496", "US", "+15014434496"],
    ["501/443 4496", "US", "+15014434496"],
    ["  501 443\t4496\n", "US", "+15014434496"],
    ["501\u00a0443\u00a04496", "US", "+15014434496"],
    ["501‑443–4496", "US", "+15014434496"],
    ["\u202a+1 501 443 4496\u202c", "US", "+15014434496"],
    ["\u200f+1\u2066501\u20694434496\ufeff", undefined, "+15014434496"],
    ["＋１ ５０１ ４４３ ４４９６", undefined, "+15014434496"],
    ["٥٠١٤٤٣٤٤٩٦", "US", "+15014434496"],
    ["tel:+1-501-443-4496", undefined, "+15014434496"],
    ["TEL: 501-443-4496", "US", "+15014434496"],
    ["sms:+15014434496", undefined, "+15014434496"],
    ["sms:+15014434496?body=Hi", undefined, "+15014434496"],
    ["Anna <+1 501 443 4496>", undefined, "+15014434496"],
    ["+1 501 443 4496 (mobile)", undefined, "+15014434496"],
    ["+52 1 55 1234 5678", undefined, "+525512345678"],
    ["+5215512345678", undefined, "+525512345678"],
    ["+44 20 7946 0018", "US", "+442079460018"],
    ["+44 (0)20 7946 0018", "US", "+442079460018"],
    ["(+44) 20 7946 0018", "US", "+442079460018"],
    ["0044 20 7946 0018", "US", "+442079460018"],
    ["00 44 20 7946 0018", undefined, "+442079460018"],
    ["(00) 44-20-7946-0018", undefined, "+442079460018"],
    ["011 44 20 7946 0018", "US", "+442079460018"],
    ["020 7946 0018", "GB", "+442079460018"],
    ["06 1234567", "IT", "+39061234567"],
    ["0151 12345678", "DE", "+4915112345678"],
  ])("%j in %s is %s", (text, country, expected) => {
    expect(parsePhoneNumber(text, country)).toBe(expected);
  });
});

describe("what is no phone number is refused", () => {
  test.each([
    "",
    "+",
    "12345",
    "443-4496",
    "+1 501 443 44966",
    "Anna",
    "MYSHOP",
    "1-800-FLOWERS",
    "Anna <+1 501 443 4496> Ben <+1 501 443 4497>",
    "501 443 4496 ext 5",
    "+15014434496;ext=5",
    "++442079460018",
    "501 443 4496, 501 443 4497",
    "5".repeat(300),
  ])("%j", (text) => {
    expect(parsePhoneNumber(text, "US")).toBeUndefined();
  });

  test("a number without + when no country, or one that does not exist, says where to read it", () => {
    expect(parsePhoneNumber("501 443 4496")).toBeUndefined();
    expect(parsePhoneNumber("501 443 4496", "XX")).toBeUndefined();
    expect(parsePhoneNumber("501 443 4496", "toString")).toBeUndefined();
  });

  test("sixteen digits are no E.164 number, though Germany's plan has such", () => {
    expect(parsePhoneNumber("20500000000000", "DE")).toBeUndefined();
  });

  test("12345 is a short code in every country", () => {
    expect(getCountries().filter((country) => parsePhoneNumber("12345", country))).toEqual([]);
  });
});

describe("whatever is typed", () => {
  const country = fc.option(fc.constantFrom(...getCountries()), { nil: undefined });
  const sign = fc.constantFrom(..."0123456789+()-. /;=,extEXT#*٥５＋\u00a0\u200e\u202a\u0000");
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: sign, maxLength: 30 }),
    fc
      .tuple(fc.constantFrom("+", "00", "tel:+", "(+", ""), fc.stringMatching(/^[1-9]\d{5,14}$/))
      .map((parts) => parts.join("")),
  );

  test("the answer is E.164 or nothing, and reading it again changes nothing", () => {
    fc.assert(
      fc.property(text, country, (typed, home) => {
        const number = parsePhoneNumber(typed, home);
        if (number === undefined) return;
        expect(number).toMatch(/^\+[1-9]\d{5,14}$/);
        expect(parsePhoneNumber(number)).toBe(number);
        expect(parsePhoneNumber(number, "US")).toBe(number);
      }),
      { numRuns: 2_000 },
    );
  });

  test("asking for a country never fails", () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(countryOf(typed) ?? "XX").toMatch(/^[A-Z]{2}$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each([
  ["+15014434496", "US"],
  ["+14165550123", "CA"],
  ["+18005551234", "US"],
  ["+447400900123", "GB"],
  ["+882161234567", undefined],
  ["72345", undefined],
  ["MYSHOP", undefined],
])("%s is at home in %s", (phoneNumber, country) => {
  expect(countryOf(phoneNumber)).toBe(country);
});
