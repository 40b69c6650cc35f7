import { Router } from "express";
import type { SandboxAccount } from "../../world/account.ts";
import { accountOf } from "../../http/authentication.ts";
import { rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";

// Subresources by their names in `subresource_uris`.
const subresources = {
  messages: "Messages",
  incoming_phone_numbers: "IncomingPhoneNumbers",
  available_phone_numbers: "AvailablePhoneNumbers",
  outgoing_caller_ids: "OutgoingCallerIds",
  balance: "Balance",
  usage: "Usage",
};

export function accountRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.get("/2010-04-01/Accounts.json", (request, response) => {
    const account = response.locals.account as SandboxAccount;
    const [name, status] = [text(request.query.FriendlyName), text(request.query.Status)];
    const fits = (!name || account.friendlyName === name) && (!status || account.status === status);
    sendPage(request, response, "accounts", fits ? [account] : [], toJson);
  });
  router.get("/2010-04-01/Accounts/:sid.json", (request, response) => {
    response.json(toJson(accountOf(response, request.params.sid)));
  });
  return router;
}

function toJson(account: SandboxAccount): object {
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  const date = rfc2822(account.dateCreated);
  const links = Object.entries(subresources).map(([name, path]) => [name, `${uri}/${path}.json`]);
  return {
    sid: account.sid,
    owner_account_sid: account.sid,
    friendly_name: account.friendlyName,
    status: account.status,
    type: account.type,
    auth_token: account.authToken,
    date_created: date,
    date_updated: date,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(links) as Record<string, string>,
  };
}
