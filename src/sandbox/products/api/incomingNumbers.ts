import { Router, type Request, type Response } from "express";
import { SandboxAccount } from "../../world/account.ts";
import type { SandboxNumber } from "../../world/resources.ts";
import type { World } from "../../world/world.ts";
import { accountOf } from "../../http/authentication.ts";
import { buy, type Kind } from "./buying.ts";
import { formOf, text } from "../../http/format.ts";
import { numberJson } from "./numberJson.ts";
import { applySettings, settingsOf } from "./numberSettings.ts";
import { sendPage } from "../../http/paging.ts";
import { unverifiedOf } from "../../http/unverified.ts";
import { checkTestPurchase } from "./testCredentials.ts";
import { notFound, refusal } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";
const kinds: Record<string, Kind> = { Local: "local", Mobile: "mobile", TollFree: "toll_free" };

export function incomingNumberRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${base}.json`, (request, response) => list(request, response));
  router.post(`${base}.json`, (request, response) => purchase(world, request, response));
  for (const [name, kind] of Object.entries(kinds)) {
    router.get(`${base}/${name}.json`, (request, response) => list(request, response, kind));
    router.post(`${base}/${name}.json`, (request, response) => purchase(world, request, response, kind));
  }
  router.get(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(numberJson(account, found(account, request.params.sid, request)));
  });
  router.post(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const number = found(account, request.params.sid, request);
    const form = formOf(request);
    checkOwner(world, account, text(form.AccountSid));
    applySettings(number, settingsOf(form, number.settings));
    response.json(numberJson(account, number));
  });
  router.delete(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    release(account, found(account, request.params.sid, request));
    response.status(204).end();
  });
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

function release(account: SandboxAccount, { sid }: SandboxNumber): void {
  account.numbers.delete(sid);
  for (const service of account.services.values()) service.numbers.delete(sid);
}

// A number moves between accounts of one owner only, and no two accounts here have one in common.
function checkOwner(world: World, account: SandboxAccount, sid: string): void {
  if (!sid || sid === account.sid) return;
  if (!world.accounts.has(sid)) throw refusal(21470, `Account ${sid} is not valid`);
  throw refusal(21472, `Account ${sid} is not related to ${account.sid}`);
}

function found(account: SandboxAccount, sid: string, request: Request): SandboxNumber {
  const number = account.numbers.get(sid);
  if (!number) throw notFound(request.path);
  return number;
}
