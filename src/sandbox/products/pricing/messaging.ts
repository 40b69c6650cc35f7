import type { Router } from "express";
import { messagePrices } from "../../world/prices.ts";
import { countryPriceRoutes, priced } from "./countries.ts";

/** What texts cost. */
export function messagingPriceRoutes(): Router {
  return countryPriceRoutes("Messaging", ({ code, offers }) => {
    const { outbound, inbound } = messagePrices(code);
    const types = Object.keys(offers);
    const prices = types.map((type) => priced(type, outbound.toFixed(4)));
    return {
      outbound_sms_prices: [{ carrier: "All", mcc: "", mnc: "", prices }],
      inbound_sms_prices: types.map((type) => priced(type, inbound.toFixed(4))),
    };
  });
}
