import { Router, type Request, type Response } from "express";
import { SandboxAccount } from "../../world/account.ts";
import type { World } from "../../world/world.ts";
import { accountOf } from "../../http/authentication.ts";
import { buy, type Kind } from "./buying.ts";
import { formOf, text } from "../../http/format.ts";
import { forget, ownerFrom } from "./numberOwners.ts";
import { numberJson } from "./numberJson.ts";
import { applySettings, settingsOf } from "./numberSettings.ts";
import { sendPage } from "../../http/paging.ts";
import { unverifiedOf } from "../../http/worldOf.ts";
import { checkTestPurchase } from "./testCredentials.ts";
import { methodNotAllowed, notFound } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";
const kinds: Record<string, Kind | undefined> = {
  "": undefined,
  "/Local": "local",
  "/Mobile": "mobile",
  "/TollFree": "toll_free",
};

type NumberRequest = Request<{ account: string; sid: string }>;

export function incomingNumberRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  for (const [name, kind] of Object.entries(kinds)) {
    router
      .route(`${base}${name}.json`)
      .get((request, response) => list(request, response, kind))
      .post((request, response) => purchase(world, request, response, kind))
      .all(methodNotAllowed);
  }
  router
    .route(`${base}/:sid.json`)
    .get(show)
    .post((request, response) => update(world, request, response))
    .delete(release)
    .all(methodNotAllowed);
  router.route(`${base}/:sid/AssignedAddOns.json`).get(listAddOns).all(methodNotAllowed);
  return router;
}

function list(request: Request, response: Response, kind?: Kind): void {
  const account = accountOf(response, text(request.params.account));
  const [name, origin] = [text(request.query.FriendlyName), text(request.query.Origin)];
  const pattern = new RegExp(
    text(request.query.PhoneNumber)
      .replace(/[^\d*]/g, "")
      .replaceAll("*", "\\d"),
  );
  const numbers = [...account.numbers.values()].filter(
    (number) =>
      (!kind || number.type === kind) &&
      (!name || number.friendlyName === name) &&
      (!origin || origin === "twilio") &&
      pattern.test(number.phoneNumber),
  );
  sendPage(request, response, "incoming_phone_numbers", numbers, (number) => numberJson(account, number));
}

function purchase(world: World, request: Request, response: Response, kind?: Kind): void {
  const account = accountOf(response, text(request.params.account));
  const form = formOf(request);
  if (response.locals.test !== true)
    return void response.status(201).json(numberJson(account, buy(world, account, form, kind)));
  const phoneNumber = checkTestPurchase(form, unverifiedOf(response));
  // An account of its own, so that nothing is bought.
  const number = new SandboxAccount({}).addNumber(phoneNumber, settingsOf(form, {}));
  response.status(201).json(numberJson(account, number));
}

function show(request: NumberRequest, response: Response): void {
  const { account, number } = found(request, response);
  response.json(numberJson(account, number));
}

function update(world: World, request: NumberRequest, response: Response): void {
  const { account, number } = found(request, response);
  const form = formOf(request);
  const owner = ownerFrom(world, account, text(form.AccountSid));
  applySettings(number, settingsOf(form, number.settings));
  if (owner !== account) {
    forget(account, number);
    owner.numbers.set(number.sid, number);
  }
  response.json(numberJson(owner, number));
}

function release(request: NumberRequest, response: Response): void {
  const { account, number } = found(request, response);
  forget(account, number);
  response.status(204).end();
}

// The sandbox sells no add-ons.
function listAddOns(request: NumberRequest, response: Response): void {
  found(request, response);
  sendPage(request, response, "assigned_add_ons", [], (addOn) => addOn);
}

function found(request: NumberRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  const number = account.numbers.get(request.params.sid);
  if (!number) throw notFound(request.path);
  return { account, number };
}
