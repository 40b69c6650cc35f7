import { Router, type Request } from "express";
import { countries, type NumberType, type SandboxCountry } from "../world/countries.ts";
import { countryOf, stockOf, type StockNumber } from "../world/stock.ts";
import type { World } from "../world/world.ts";
import { accountOf } from "./authentication.ts";
import { text } from "./format.ts";
import { notFound } from "./twilioError.ts";

const base = "/2010-04-01/Accounts/:account/AvailablePhoneNumbers";
const resources: Record<string, NumberType> = { Local: "local", Mobile: "mobile", TollFree: "toll_free" };
const most = 30;

export function availableNumberRoutes(world: World): Router {
  const router = Router();
  router.get(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json({
      countries: countries.map((country) => countryJson(account.sid, country)),
      uri: request.originalUrl,
    });
  });
  router.get(`${base}/:country.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(countryJson(account.sid, found(request.params.country, request)));
  });
  router.get(`${base}/:country/:resource.json`, (request, response) => {
    accountOf(response, request.params.account);
    const country = found(request.params.country, request);
    const type = resources[request.params.resource];
    if (!type || !country.offers[type]) throw notFound(request.path);
    const size = Math.min(Number(text(request.query.PageSize)) || most, most);
    const numbers = stockOf(country, type).filter((number) => isFree(world, number) && fits(number, request));
    response.json({
      available_phone_numbers: numbers.slice(0, size).map(numberJson),
      uri: request.originalUrl,
    });
  });
  return router;
}

function found(code: string, request: Request): SandboxCountry {
  const country = countryOf(code);
  if (!country) throw notFound(request.path);
  return country;
}

function isFree(world: World, { phoneNumber }: StockNumber): boolean {
  return ![...world.accounts.values()].some((account) => account.numberFor(phoneNumber));
}

const keypad = ["", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];

/** Letters are read as on a keypad, `*` is any digit, `%` any run of digits. */
function fits({ phoneNumber }: StockNumber, request: Request): boolean {
  const areaCode = text(request.query.AreaCode);
  if (areaCode && !phoneNumber.startsWith(`+1${areaCode}`)) return false;
  const wanted = text(request.query.Contains).toLowerCase();
  if (!wanted) return true;
  const digits = wanted.replace(/[a-z]/g, (letter) =>
    String(keypad.findIndex((letters) => letters.includes(letter))),
  );
  const pattern = digits
    .replace(/[^\d*%]/g, "")
    .replaceAll("*", "\\d")
    .replaceAll("%", "\\d*");
  return new RegExp(
    `${wanted.startsWith("+") ? "^\\+" : ""}${pattern}${wanted.endsWith("$") ? "$" : ""}`,
  ).test(phoneNumber);
}

function numberJson({ phoneNumber, friendlyName, country, type }: StockNumber): object {
  return {
    friendly_name: friendlyName,
    phone_number: phoneNumber,
    lata: null,
    locality: null,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: null,
    postal_code: null,
    iso_country: country.code,
    address_requirements: type === "toll_free" ? "none" : country.address,
    beta: false,
    // Live Twilio writes these two in capitals here, and only here.
    capabilities: { voice: true, SMS: true, MMS: country.callingCode === "1" },
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
