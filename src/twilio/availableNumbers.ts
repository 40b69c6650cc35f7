import { TwilioRefused } from "../models/errors.ts";
import type { AvailableSearch } from "../models/ports.ts";
import type { AvailableNumber, Country, Credentials, NumberType } from "../models/types.ts";
import { calling } from "./failures.ts";
import type { Sdk, SdkFactory } from "./sdk.ts";

/** The number types we offer, and what the price list calls them. */
const types: { type: NumberType; priced: string }[] = [
  { type: "local", priced: "local" },
  { type: "mobile", priced: "mobile" },
  { type: "tollFree", priced: "toll free" },
];

// Twilio gives no more than 30, however many are asked for.
const pageSize = 30;

interface Prices {
  currency: string;
  monthly: Map<string, string>;
}

export class AvailableNumberCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  async countries(credentials: Credentials): Promise<Country[]> {
    const countries = await calling("read", () => this.#sdk(credentials).availablePhoneNumbers.list());
    const named = countries.map(({ countryCode, country }) => ({ code: countryCode, name: country }));
    return named.sort((a, b) => a.name.localeCompare(b.name, "en"));
  }

  async list(credentials: Credentials, search: AvailableSearch): Promise<AvailableNumber[]> {
    const sdk = this.#sdk(credentials);
    const wanted = types.filter(({ type }) => search.type === undefined || search.type === type);
    const [prices, ...lists] = await Promise.all([
      this.#prices(sdk, search.country),
      ...wanted.map(({ type }) => this.#ofType(sdk, search, type)),
    ]);
    return lists.flat().map((number) => priced(number, prices));
  }

  async #ofType(
    sdk: Sdk,
    { country, contains }: AvailableSearch,
    type: NumberType,
  ): Promise<AvailableNumber[]> {
    const form = { pageSize, limit: pageSize, ...(contains ? { contains } : {}) };
    const found = await orNothing([], () => lister(sdk, country, type)(form));
    return found.map((number) => toAvailable(number, type));
  }

  #prices(sdk: Sdk, country: string): Promise<Prices> {
    const none: Prices = { currency: "USD", monthly: new Map() };
    return orNothing(none, async () => {
      const list = await sdk.pricing.v1.phoneNumbers.countries(country).fetch();
      const prices = list.phoneNumberPrices as unknown as { number_type: string; current_price: string }[];
      const monthly = new Map(prices.map(({ number_type, current_price }) => [number_type, current_price]));
      return { currency: list.priceUnit.toUpperCase(), monthly };
    });
  }
}

/** The part of an available number that we read; the SDK has a class of the same shape for each type. */
interface Listed {
  phoneNumber: string;
  friendlyName: string;
  locality: string | null;
  region: string | null;
  addressRequirements: string;
  capabilities: object;
}

type Lister = (form: { pageSize: number; limit: number; contains?: string }) => Promise<Listed[]>;

function lister(sdk: Sdk, country: string, type: NumberType): Lister {
  const resource: { list: unknown } = sdk.availablePhoneNumbers(country)[type];
  return (resource.list as Lister).bind(resource);
}

// A type that a country does not sell, or has no price list for, answers 404.
async function orNothing<T>(nothing: T, call: () => Promise<T>): Promise<T> {
  try {
    return await calling("read", call);
  } catch (error) {
    if (error instanceof TwilioRefused && error.code === 20404) return nothing;
    throw error;
  }
}

function toAvailable(number: Listed, type: NumberType): AvailableNumber {
  // Live Twilio writes SMS and MMS here in capitals, its description does not.
  const able = Object.entries(number.capabilities).filter(([, value]) => value === true);
  const names = new Set(able.map(([name]) => name.toLowerCase()));
  return {
    phoneNumber: number.phoneNumber,
    friendlyName: number.friendlyName,
    locality: number.locality,
    region: number.region,
    type,
    voice: names.has("voice"),
    sms: names.has("sms"),
    mms: names.has("mms"),
    needsAddress: number.addressRequirements !== "none",
    monthlyPrice: null,
    currency: "USD",
  };
}

function priced(number: AvailableNumber, { currency, monthly }: Prices): AvailableNumber {
  const key = types.find(({ type }) => type === number.type)?.priced ?? "";
  return { ...number, monthlyPrice: monthly.get(key) ?? null, currency };
}
