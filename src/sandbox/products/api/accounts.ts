import { Router, type Request, type Response } from "express";
import { callerOf, relatedAccount } from "../../http/authentication.ts";
import { methodNotAllowed, refusal } from "../../http/errors.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { World } from "../../world/world.ts";

const base = "/2010-04-01/Accounts";
const longestName = 64;

// Subresources by their names in `subresource_uris`.
const subresources = {
  addresses: "Addresses",
  applications: "Applications",
  available_phone_numbers: "AvailablePhoneNumbers",
  balance: "Balance",
  incoming_phone_numbers: "IncomingPhoneNumbers",
  keys: "Keys",
  messages: "Messages",
  outgoing_caller_ids: "OutgoingCallerIds",
  usage: "Usage",
};

export function accountRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  router
    .route(`${base}.json`)
    .get((request, response) => list(world, request, response))
    .post((request, response) => create(world, request, response))
    .all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).post(update).all(methodNotAllowed);
  return router;
}

function list(world: World, request: Request, response: Response): void {
  const caller = callerOf(response);
  const [name, status] = [text(request.query.FriendlyName), text(request.query.Status)];
  const accounts = [caller, ...world.subaccountsOf(caller)].filter(
    (account) => (!name || account.friendlyName === name) && (!status || account.status === status),
  );
  sendPage(request, response, "accounts", accounts, toJson);
}

function create(world: World, request: Request, response: Response): void {
  const caller = callerOf(response);
  if (caller.ownerSid !== caller.sid) throw refusal(20001, "A subaccount cannot have subaccounts");
  const now = new Date().toISOString().slice(0, 16).replace("T", " ");
  const name = nameFrom(request) || `SubAccount Created at ${now}`;
  response.status(201).json(toJson(world.openSubaccount(caller, name)));
}

function show(request: Request<{ sid: string }>, response: Response): void {
  response.json(toJson(relatedAccount(response, request.params.sid)));
}

function update(request: Request<{ sid: string }>, response: Response): void {
  const account = relatedAccount(response, request.params.sid);
  const [name, status] = [nameFrom(request), text(formOf(request).Status)];
  if (status) setStatus(account, callerOf(response), status);
  account.friendlyName = name || account.friendlyName;
  account.dateUpdated = new Date();
  response.json(toJson(account));
}

function nameFrom(request: { body?: unknown }): string {
  const name = text(formOf(request).FriendlyName);
  if (name.length > longestName)
    throw refusal(20001, `FriendlyName may have ${longestName} characters at most`);
  return name;
}

function setStatus(account: SandboxAccount, caller: SandboxAccount, status: string): void {
  if (status !== "active" && status !== "suspended" && status !== "closed")
    throw refusal(20001, "Status must be active, suspended or closed");
  if (account === caller) throw refusal(20001, "Only subaccounts are suspended and closed by the API");
  if (account.status === "closed" && status !== "closed")
    throw refusal(20001, "A closed account cannot be opened again");
  account.status = status;
}

function toJson(account: SandboxAccount): object {
  const uri = `${base}/${account.sid}`;
  const links = Object.entries(subresources).map(([name, path]) => [name, `${uri}/${path}.json`]);
  return {
    sid: account.sid,
    owner_account_sid: account.ownerSid,
    friendly_name: account.friendlyName,
    status: account.status,
    type: account.type,
    auth_token: account.authToken,
    date_created: rfc2822(account.dateCreated),
    date_updated: rfc2822(account.dateUpdated),
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(links) as Record<string, string>,
  };
}
