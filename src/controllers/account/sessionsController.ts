import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { isOwnPage, paths } from "../../helpers/paths.ts";
import type { Accounts } from "../../models/account/accounts.ts";
import { endSession } from "./endSession.ts";
import { refuse } from "../refuse.ts";
import { field, trimmed } from "../request.ts";

const next = z.string().refine(isOwnPage).catch("");
const query = z.object({ next, from: field });
const form = z.object({ accountSid: trimmed, authToken: trimmed, next });
const goodbyes = new Map([
  [
    "logout",
    "You are logged out. Everything Parley had stored for the account is deleted; Twilio still has your messages.",
  ],
  ["sign-out", "You are signed out of this browser. Texts go on arriving, and nothing is deleted."],
]);

export class SessionsController {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  new: RequestHandler = async (request, response) => {
    const { accountSid } = request.session;
    if (accountSid !== undefined && (await this.#accounts.find(accountSid)))
      return response.redirect(303, paths.chat);
    const { next, from } = query.parse(request.query);
    const goodbye = goodbyes.get(from);
    if (goodbye) response.locals.alerts.push({ kind: "success", message: goodbye });
    response.render("account/sessions/new", { accountSid: "", next });
  };

  create: RequestHandler = async (request, response) => {
    const { accountSid, authToken, next } = form.parse(request.body ?? {});
    try {
      const account = await this.#accounts.signIn({ accountSid, authToken });
      await signIn(request, account.sid);
      response.redirect(303, next || paths.chat);
    } catch (error) {
      await refuse(response, error, () => response.render("account/sessions/new", { accountSid, next }));
    }
  };

  /** This browser only: the account stays, and texts go on arriving. */
  destroy: RequestHandler = async (request, response) => {
    await endSession(request, response, paths.signedOut);
  };
}

// A fresh session id, so that nobody can plant one before the sign-in.
async function signIn(request: Request, accountSid: string): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error) => (error ? reject(error as Error) : resolve())),
  );
  request.session.accountSid = accountSid;
  await new Promise<void>((resolve, reject) =>
    request.session.save((error) => (error ? reject(error as Error) : resolve())),
  );
}
