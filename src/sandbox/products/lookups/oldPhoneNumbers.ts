import { Router, type Request, type Response } from "express";
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { methodNotAllowed, notFound } from "../../http/errors.ts";
import { text, texts } from "../../http/format.ts";
import { productUrl } from "../../http/paging.ts";

/** Lookups v1, which many projects still ask. A number that cannot be is not found. */
export function oldLookupRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route("/lookups/v1/PhoneNumbers/:number").get(show).all(methodNotAllowed);
  return router;
}

function show(request: Request<{ number: string }>, response: Response): void {
  const country = text(request.query.CountryCode).toUpperCase() || "US";
  const parsed = parsePhoneNumberFromString(request.params.number, country as CountryCode);
  if (!parsed?.isValid()) throw notFound(request.path);
  const types = texts(request.query.Type);
  response.json({
    caller_name: types.includes("caller-name")
      ? { caller_name: null, caller_type: null, error_code: null }
      : null,
    country_code: parsed.country,
    phone_number: parsed.number,
    national_format: parsed.formatNational(),
    carrier: types.includes("carrier") ? carrierOf(parsed.getType()) : null,
    add_ons: null,
    url: productUrl(`/lookups/v1/PhoneNumbers/${encodeURIComponent(parsed.number)}`),
  });
}

function carrierOf(type: string | undefined): object {
  return {
    mobile_country_code: null,
    mobile_network_code: null,
    name: "Sandbox Mobile",
    type: type === "MOBILE" ? "mobile" : type === "FIXED_LINE" ? "landline" : "voip",
    error_code: null,
  };
}
