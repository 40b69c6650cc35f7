import { Router, type Request, type Response } from "express";
import { methodNotAllowed, notFound } from "../../http/errors.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import { countries, type SandboxCountry } from "../../world/countries.ts";
import { countryOf } from "../../world/stock.ts";

/** One product's prices by country: `/pricing/v1/PhoneNumbers/Countries` and the like. */
export function countryPriceRoutes(product: string, prices: (country: SandboxCountry) => object): Router {
  const path = `/pricing/v1/${product}/Countries`;
  const named = ({ code, name }: SandboxCountry) => ({
    country: name,
    iso_country: code,
    url: productUrl(`${path}/${code}`),
  });
  function list(request: Request, response: Response): void {
    const items = countries.map((country) => ({ ...country, sid: country.code }));
    sendProductPage(request, response, "countries", items, named);
  }
  function show(request: Request<{ code: string }>, response: Response): void {
    const country = countryOf(request.params.code);
    if (!country) throw notFound(request.path);
    response.json({ ...named(country), ...prices(country), price_unit: "USD" });
  }
  const router = Router({ caseSensitive: true });
  router.route(path).get(list).all(methodNotAllowed);
  router.route(`${path}/:code`).get(show).all(methodNotAllowed);
  return router;
}

export function priced(type: string, price: string): object {
  return { number_type: type.replace("_", " "), base_price: price, current_price: price };
}
