import type { AvailableSearch } from "../models/numbers/twilio.ts";
import type { AvailableNumber, Country, Credentials, NumberType } from "../models/types.ts";
import { readCapabilities } from "./capabilities.ts";
import { calling, isNotFound } from "./failures.ts";
import { fetchPrices, priced } from "./prices.ts";
import type { Sdk, SdkFactory } from "./sdk.ts";

/** The number types we offer, and the subresources of a country that sell them. */
const subresources: [NumberType, string][] = [
  ["local", "local"],
  ["mobile", "mobile"],
  ["tollFree", "toll_free"],
];

// Twilio gives no more than 30, however many are asked for.
const pageSize = 30;

export class AvailableNumberCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  async countries(credentials: Credentials): Promise<Country[]> {
    return calling("read", async () => {
      const countries = await this.#sdk(credentials).availablePhoneNumbers.list();
      const named = countries.map(({ countryCode, country }) => ({ code: countryCode, name: country }));
      return named.sort((a, b) => a.name.localeCompare(b.name, "en"));
    });
  }

  async list(credentials: Credentials, search: AvailableSearch): Promise<AvailableNumber[]> {
    return calling("read", async () => {
      const sdk = this.#sdk(credentials);
      const [prices, types] = await Promise.all([
        fetchPrices(sdk, search.country),
        typesSold(sdk, search.country),
      ]);
      const wanted = types.filter((type) => search.type === undefined || search.type === type);
      const lists = await Promise.all(wanted.map((type) => listType(sdk, search, type)));
      return lists.flat().map((number) => priced(number, prices));
    });
  }
}

function typesSold(sdk: Sdk, country: string): Promise<NumberType[]> {
  return unlessNotFound(async () => {
    const { subresourceUris } = await sdk.availablePhoneNumbers(country).fetch();
    return subresources.filter(([, name]) => name in subresourceUris).map(([type]) => type);
  });
}

function listType(sdk: Sdk, { country, contains }: AvailableSearch, type: NumberType) {
  return unlessNotFound(async () => {
    const form = { pageSize, limit: pageSize, ...(contains ? { contains } : {}) };
    const found = await lister(sdk, country, type)(form);
    return found.map((number) => toAvailable(number, type));
  });
}

// What Twilio does not sell there answers 404.
async function unlessNotFound<T>(call: () => Promise<T[]>): Promise<T[]> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
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

function toAvailable(number: Listed, type: NumberType): AvailableNumber {
  const { phoneNumber, friendlyName, locality, region, addressRequirements } = number;
  return {
    phoneNumber,
    friendlyName,
    locality,
    region,
    type,
    ...readCapabilities(number.capabilities),
    needsAddress: addressRequirements !== "none",
    monthlyPrice: null,
    currency: "USD",
  };
}
