import type { AvailableNumber, NumberType } from "../models/types.ts";
import { isNotFound } from "./failures.ts";
import type { Sdk } from "./sdk.ts";

export interface Prices {
  currency: string;
  /** By what the price list calls the type of number. */
  monthly: Map<string, string>;
}

/** A price as the SDK really gives it: its types call the decimal string a number. */
interface Price {
  numberType: string;
  currentPrice: string;
}

const namesInList: Record<NumberType, string> = {
  local: "local",
  mobile: "mobile",
  tollFree: "toll free",
};

/** What numbers cost there by the month; no prices for a country without a price list. */
export async function fetchPrices(sdk: Sdk, country: string): Promise<Prices> {
  try {
    const list = await sdk.pricing.v1.phoneNumbers.countries(country).fetch();
    const prices = (list.phoneNumberPrices ?? []) as unknown as Price[];
    const monthly = new Map(prices.map(({ numberType, currentPrice }) => [numberType, currentPrice]));
    return { currency: (list.priceUnit || "USD").toUpperCase(), monthly };
  } catch (error) {
    if (isNotFound(error)) return { currency: "USD", monthly: new Map() };
    throw error;
  }
}

export function priced(number: AvailableNumber, { currency, monthly }: Prices): AvailableNumber {
  return { ...number, monthlyPrice: monthly.get(namesInList[number.type]) ?? null, currency };
}
