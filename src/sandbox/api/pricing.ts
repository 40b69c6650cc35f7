import { Router } from "express";
import { countries } from "../world/countries.ts";
import { countryOf } from "../world/stock.ts";
import { notFound } from "./twilioError.ts";

const url = "https://pricing.twilio.com/v1/PhoneNumbers/Countries";

export function pricingRoutes(): Router {
  const router = Router();
  router.get("/pricing/v1/PhoneNumbers/Countries", (_request, response) => {
    const list = countries.map(({ code, name }) => ({
      country: name,
      iso_country: code,
      url: `${url}/${code}`,
    }));
    const meta = {
      page: 0,
      page_size: 50,
      first_page_url: url,
      previous_page_url: null,
      next_page_url: null,
      url,
      key: "countries",
    };
    response.json({ countries: list, meta });
  });
  router.get("/pricing/v1/PhoneNumbers/Countries/:code", (request, response) => {
    const country = countryOf(request.params.code);
    if (!country) throw notFound(request.path);
    const prices = Object.entries(country.offers).map(([type, { price }]) => ({
      number_type: type.replace("_", " "),
      base_price: price,
      current_price: price,
    }));
    const { name, code } = country;
    response.json({
      country: name,
      iso_country: code,
      phone_number_prices: prices,
      price_unit: "USD",
      url: `${url}/${code}`,
    });
  });
  return router;
}
