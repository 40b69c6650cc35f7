import { Router, type Request, type Response } from "express";
import { countries, type NumberType, type SandboxCountry } from "../../world/countries.ts";
import { placeOf } from "../../world/areaCodes.ts";
import { countryOf, stockOf, type StockNumber } from "../../world/stock.ts";
import type { World } from "../../world/world.ts";
import { accountOf } from "../../http/authentication.ts";
import { isTaken } from "./buying.ts";
import { text } from "../../http/format.ts";
import { capabilitiesOf, requirementFor, searchOf } from "./numberSearch.ts";
import { methodNotAllowed, notFound } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/AvailablePhoneNumbers";
const resources: Record<string, NumberType> = { Local: "local", Mobile: "mobile", TollFree: "toll_free" };
const most = 30;

export function availableNumberRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(listCountries).all(methodNotAllowed);
  router.route(`${base}/:country.json`).get(showCountry).all(methodNotAllowed);
  router
    .route(`${base}/:country/:resource.json`)
    .get((request, response) => list(world, request, response))
    .all(methodNotAllowed);
  return router;
}

function listCountries(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  response.json({
    countries: countries.map((country) => countryJson(account.sid, country)),
    uri: request.originalUrl,
  });
}

function showCountry(request: Request<{ account: string; country: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  response.json(countryJson(account.sid, found(request.params.country, request.path)));
}

function list(
  world: World,
  request: Request<{ account: string; country: string; resource: string }>,
  response: Response,
): void {
  accountOf(response, request.params.account);
  const country = found(request.params.country, request.path);
  const type = resources[request.params.resource];
  if (!type || !country.offers[type]) throw notFound(request.path);
  const fits = searchOf(request.query);
  const size = Math.min(Math.max(Math.trunc(Number(text(request.query.PageSize))) || most, 1), most);
  const numbers = stockOf(country, type).filter(
    (number) => !isTaken(world, number.phoneNumber) && fits(number),
  );
  response.json({
    available_phone_numbers: numbers.slice(0, size).map(toJson),
    uri: request.originalUrl,
  });
}

function found(code: string, path: string): SandboxCountry {
  const country = countryOf(code);
  if (!country) throw notFound(path);
  return country;
}

function toJson(number: StockNumber): object {
  const place = placeOf(number.phoneNumber);
  const { voice, sms, mms } = capabilitiesOf(number);
  return {
    friendly_name: number.friendlyName,
    phone_number: number.phoneNumber,
    lata: place?.lata ?? null,
    locality: place?.locality ?? null,
    rate_center: place?.rateCenter ?? null,
    latitude: place?.latitude.toFixed(6) ?? null,
    longitude: place?.longitude.toFixed(6) ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    iso_country: number.country.code,
    address_requirements: requirementFor(number),
    beta: false,
    // Live Twilio writes these two in capitals here, and only here.
    capabilities: { voice, SMS: sms, MMS: mms },
  };
}

function countryJson(accountSid: string, { code, name, offers }: SandboxCountry): object {
  const uri = `/2010-04-01/Accounts/${accountSid}/AvailablePhoneNumbers/${code}`;
  const named = Object.entries(resources).filter(([, type]) => offers[type]);
  const subresources = Object.fromEntries(named.map(([resource, type]) => [type, `${uri}/${resource}.json`]));
  return {
    country_code: code,
    country: name,
    uri: `${uri}.json`,
    beta: false,
    subresource_uris: subresources,
  };
}
