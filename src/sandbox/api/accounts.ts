import { Router } from "express";
import { accountOf } from "./authentication.ts";
import { rfc2822 } from "./format.ts";

export function accountRoutes(): Router {
  const router = Router();
  router.get("/2010-04-01/Accounts/:sid.json", (request, response) => {
    const account = accountOf(response, request.params.sid);
    const uri = `/2010-04-01/Accounts/${account.sid}`;
    const date = rfc2822(account.dateCreated);
    response.json({
      sid: account.sid,
      owner_account_sid: account.sid,
      friendly_name: account.friendlyName,
      status: account.status,
      type: account.type,
      auth_token: account.authToken,
      date_created: date,
      date_updated: date,
      uri: `${uri}.json`,
      subresource_uris: {
        messages: `${uri}/Messages.json`,
        incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
      },
    });
  });
  return router;
}
