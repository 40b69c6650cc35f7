// Countries the sandbox sells numbers in. Prices are monthly, in USD; prefixes are national ones that are in use there.

export type NumberType = "local" | "mobile" | "toll_free";

interface Offer {
  price: string;
  /** Leading digits after the country code; the rest is made up. */
  prefixes: string[];
  /** How many digits follow the country code. */
  digits: number;
}

export interface SandboxCountry {
  code: string;
  name: string;
  callingCode: string;
  address: "none" | "any" | "local";
  offers: Partial<Record<NumberType, Offer>>;
}

const offer = (price: string, digits: number, ...prefixes: string[]): Offer => ({ price, prefixes, digits });

export const countries: SandboxCountry[] = [
  {
    code: "AU",
    name: "Australia",
    callingCode: "61",
    address: "local",
    offers: { local: offer("3.00", 9, "2", "3", "7"), mobile: offer("6.50", 9, "4") },
  },
  {
    code: "AT",
    name: "Austria",
    callingCode: "43",
    address: "any",
    offers: { local: offer("1.00", 10, "1") },
  },
  {
    code: "BE",
    name: "Belgium",
    callingCode: "32",
    address: "any",
    offers: { mobile: offer("1.00", 9, "460", "468") },
  },
  {
    code: "BR",
    name: "Brazil",
    callingCode: "55",
    address: "local",
    offers: { local: offer("4.25", 10, "113", "213") },
  },
  {
    code: "CA",
    name: "Canada",
    callingCode: "1",
    address: "none",
    offers: { local: offer("1.15", 10, "416", "604", "514"), toll_free: offer("2.15", 10, "833", "844") },
  },
  {
    code: "CH",
    name: "Switzerland",
    callingCode: "41",
    address: "any",
    offers: { mobile: offer("8.00", 9, "76", "77") },
  },
  {
    code: "DE",
    name: "Germany",
    callingCode: "49",
    address: "local",
    offers: { mobile: offer("1.00", 10, "151", "160", "171"), local: offer("1.15", 10, "30", "89") },
  },
  {
    code: "DK",
    name: "Denmark",
    callingCode: "45",
    address: "any",
    offers: { mobile: offer("15.00", 8, "52", "60") },
  },
  {
    code: "ES",
    name: "Spain",
    callingCode: "34",
    address: "local",
    offers: { local: offer("1.15", 9, "91", "93") },
  },
  {
    code: "FI",
    name: "Finland",
    callingCode: "358",
    address: "none",
    offers: { mobile: offer("5.00", 9, "45") },
  },
  {
    code: "FR",
    name: "France",
    callingCode: "33",
    address: "local",
    offers: { local: offer("1.15", 9, "1", "4") },
  },
  {
    code: "GB",
    name: "United Kingdom",
    callingCode: "44",
    address: "none",
    offers: {
      local: offer("1.15", 10, "20", "161"),
      mobile: offer("1.15", 10, "7400", "7700"),
      toll_free: offer("2.15", 10, "800"),
    },
  },
  {
    code: "IE",
    name: "Ireland",
    callingCode: "353",
    address: "any",
    offers: { mobile: offer("1.15", 9, "85", "87") },
  },
  {
    code: "IT",
    name: "Italy",
    callingCode: "39",
    address: "local",
    offers: { mobile: offer("25.00", 10, "320", "347") },
  },
  {
    code: "JP",
    name: "Japan",
    callingCode: "81",
    address: "local",
    offers: { local: offer("4.50", 9, "3") },
  },
  {
    code: "MX",
    name: "Mexico",
    callingCode: "52",
    address: "none",
    offers: { local: offer("6.25", 10, "55", "33") },
  },
  {
    code: "NL",
    name: "Netherlands",
    callingCode: "31",
    address: "any",
    offers: { mobile: offer("6.00", 9, "61", "65") },
  },
  {
    code: "PL",
    name: "Poland",
    callingCode: "48",
    address: "any",
    offers: { mobile: offer("3.00", 9, "50", "60") },
  },
  {
    code: "SE",
    name: "Sweden",
    callingCode: "46",
    address: "none",
    offers: { mobile: offer("3.00", 9, "70", "76") },
  },
  {
    code: "US",
    name: "United States",
    callingCode: "1",
    address: "none",
    offers: {
      local: offer("1.15", 10, "501", "415", "212", "303", "512"),
      toll_free: offer("2.15", 10, "833", "844", "888"),
    },
  },
];
