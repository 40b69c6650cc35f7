import { Router, type Request, type Response } from "express";
import { accountOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";
import { fieldsOf, formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxAddress } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";

const base = "/2010-04-01/Accounts/:account/Addresses";
const required = ["CustomerName", "Street", "City", "Region", "PostalCode", "IsoCountry"];
const names = new Set([...required, "FriendlyName", "EmergencyEnabled", "StreetSecondary"]);

type AddressRequest = Request<{ account: string; sid: string }>;

/** Where a customer lives, which some countries ask of who buys a number. */
export function addressRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).post(update).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const wanted = ["CustomerName", "FriendlyName", "IsoCountry"].filter((name) => text(request.query[name]));
  const addresses = [...account.addresses.values()].filter(({ settings }) =>
    wanted.every((name) => settings[name] === text(request.query[name])),
  );
  sendPage(request, response, "addresses", addresses, (each) => toJson(account, each));
}

function create(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const settings = fieldsOf(formOf(request), names);
  const missing = required.find((name) => !settings[name]);
  if (missing) throw refusal(20001, `Missing required parameter ${missing} in the post body`);
  if (!/^[A-Z]{2}$/.test(settings.IsoCountry ?? "")) throw refusal(20001, "IsoCountry must be two letters");
  const now = new Date();
  const address = { sid: newSid("AD"), dateCreated: now, dateUpdated: now, settings };
  account.addresses.set(address.sid, address);
  response.status(201).json(toJson(account, address));
}

function show(request: AddressRequest, response: Response): void {
  const { account, address } = found(request, response);
  response.json(toJson(account, address));
}

function update(request: AddressRequest, response: Response): void {
  const { account, address } = found(request, response);
  const { IsoCountry: country = "" } = address.settings;
  // An address never moves to another country.
  Object.assign(address.settings, fieldsOf(formOf(request), names), { IsoCountry: country });
  address.dateUpdated = new Date();
  response.json(toJson(account, address));
}

function destroy(request: AddressRequest, response: Response): void {
  const { account, address } = found(request, response);
  account.addresses.delete(address.sid);
  response.status(204).end();
}

function found(request: AddressRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  const address = account.addresses.get(request.params.sid);
  if (!address) throw notFound(request.path);
  return { account, address };
}

function toJson(
  account: SandboxAccount,
  { sid, settings, dateCreated, dateUpdated }: SandboxAddress,
): object {
  return {
    sid,
    account_sid: account.sid,
    customer_name: settings.CustomerName,
    friendly_name: settings.FriendlyName ?? "",
    street: settings.Street,
    street_secondary: settings.StreetSecondary || null,
    city: settings.City,
    region: settings.Region,
    postal_code: settings.PostalCode,
    iso_country: settings.IsoCountry,
    emergency_enabled: settings.EmergencyEnabled === "true",
    validated: false,
    verified: false,
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
    uri: `/2010-04-01/Accounts/${account.sid}/Addresses/${sid}.json`,
  };
}
