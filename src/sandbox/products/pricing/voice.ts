import { Router } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { methodNotAllowed, notFound } from "../../http/errors.ts";
import { productUrl } from "../../http/paging.ts";
import { countryOf } from "../../world/stock.ts";
import { countryPriceRoutes, priced } from "./countries.ts";

// Plausible figures only, a minute in US dollars; the sandbox makes no calls.
const outbound = { base_price: "0.0140", current_price: "0.0140" };
const inbound = "0.0085";
const path = "/pricing/v1/Voice/Numbers/:number";

/** What calls cost. */
export function voicePriceRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router
    .route(path)
    .get((request, response) => {
      const parsed = parsePhoneNumberFromString(request.params.number);
      const country = countryOf(parsed?.country ?? "");
      if (!parsed || !country) throw notFound(request.path);
      response.json({
        number: parsed.number,
        country: country.name,
        iso_country: country.code,
        outbound_call_price: outbound,
        inbound_call_price: priced("local", inbound),
        price_unit: "USD",
        url: productUrl(`/pricing/v1/Voice/Numbers/${parsed.number}`),
      });
    })
    .all(methodNotAllowed);
  return router.use(
    countryPriceRoutes("Voice", ({ name, callingCode, offers }) => ({
      outbound_prefix_prices: [
        { prefixes: [callingCode], friendly_name: `Programmable Outbound Minute - ${name}`, ...outbound },
      ],
      inbound_call_prices: Object.keys(offers).map((type) => priced(type, inbound)),
    })),
  );
}
