import { Router, type Request, type Response } from "express";
import { callerOf } from "../../http/authentication.ts";
import { methodNotAllowed } from "../../http/errors.ts";
import { productUrl } from "../../http/paging.ts";

const path = "/accounts/v1/AuthTokens";

/** A second Auth Token beside the primary one, and putting it in the primary one's place. */
export function authTokenRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${path}/Secondary`).post(create).delete(remove).all(methodNotAllowed);
  router.route(`${path}/Promote`).post(promote).all(methodNotAllowed);
  return router;
}

function create(request: Request, response: Response): void {
  const account = callerOf(response);
  response
    .status(201)
    .json({ ...stamped(account.sid, request), secondary_auth_token: account.makeSecondaryToken() });
}

function remove(_request: Request, response: Response): void {
  callerOf(response).secondaryToken = undefined;
  response.status(204).end();
}

function promote(request: Request, response: Response): void {
  const account = callerOf(response);
  account.promoteSecondaryToken();
  response.json({ ...stamped(account.sid, request), auth_token: account.authToken });
}

function stamped(accountSid: string, request: Request): object {
  const now = new Date().toISOString();
  return {
    account_sid: accountSid,
    date_created: now,
    date_updated: now,
    url: productUrl(request.path),
  };
}
