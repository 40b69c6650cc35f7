import { Router, type Request } from "express";
import { countries, type SandboxCountry } from "../../world/countries.ts";
import { messagePrices } from "../../world/prices.ts";
import { countryOf } from "../../world/stock.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import { notFound } from "../../http/errors.ts";

const products: Record<string, (country: SandboxCountry) => object> = {
  PhoneNumbers: ({ offers }) => ({
    phone_number_prices: Object.entries(offers).map(([type, { price }]) => priced(type, price)),
  }),
  Messaging: ({ code, offers }) => {
    const { outbound, inbound } = messagePrices(code);
    const types = Object.keys(offers);
    return {
      outbound_sms_prices: [
        {
          carrier: "All",
          mcc: "",
          mnc: "",
          prices: types.map((type) => priced(type, outbound.toFixed(4))),
        },
      ],
      inbound_sms_prices: types.map((type) => priced(type, inbound.toFixed(4))),
    };
  },
};

export function pricingRoutes(): Router {
  const router = Router({ caseSensitive: true });
  for (const [product, prices] of Object.entries(products)) {
    const path = `/pricing/v1/${product}/Countries`;
    router.get(path, (request, response) => {
      const items = countries.map((country) => ({ ...country, sid: country.code }));
      sendProductPage(request, response, "countries", items, (country) => named(path, country));
    });
    router.get(`${path}/:code`, (request, response) => {
      const country = found(request.params.code, request);
      response.json({ ...named(path, country), ...prices(country), price_unit: "USD" });
    });
  }
  return router;
}

function named(path: string, { code, name }: SandboxCountry): object {
  return { country: name, iso_country: code, url: productUrl(`${path}/${code}`) };
}

function priced(type: string, price: string): object {
  return { number_type: type.replace("_", " "), base_price: price, current_price: price };
}

function found(code: string, request: Request): SandboxCountry {
  const country = countryOf(code);
  if (!country) throw notFound(request.path);
  return country;
}
