import type { Router } from "express";
import { countryPriceRoutes, priced } from "./countries.ts";

/** What numbers cost a month. */
export function phoneNumberPriceRoutes(): Router {
  return countryPriceRoutes("PhoneNumbers", ({ offers }) => ({
    phone_number_prices: Object.entries(offers).map(([type, { price }]) => priced(type, price)),
  }));
}
