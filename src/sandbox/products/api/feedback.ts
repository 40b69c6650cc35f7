import { Router } from "express";
import { accountOf } from "../../http/authentication.ts";
import { methodNotAllowed, refusal } from "../../http/errors.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { foundMessage } from "./messages.ts";

const path = "/2010-04-01/Accounts/:account/Messages/:message/Feedback.json";

/** What the sender says became of a message; Twilio keeps it for itself. */
export function feedbackRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router
    .route(path)
    .post((request, response) => {
      const account = accountOf(response, request.params.account);
      const { sid } = foundMessage(account, request.params.message, request);
      const outcome = text(formOf(request).Outcome) || "confirmed";
      if (!/^(un)?confirmed$/.test(outcome)) throw refusal(20001, "Outcome must be confirmed or unconfirmed");
      const date = rfc2822(new Date());
      response.json({
        account_sid: account.sid,
        message_sid: sid,
        outcome,
        date_created: date,
        date_updated: date,
        uri: request.path,
      });
    })
    .all(methodNotAllowed);
  return router;
}
