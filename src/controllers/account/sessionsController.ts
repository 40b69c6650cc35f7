import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { isOwnPage, paths } from "../../helpers/paths.ts";
import type { Accounts } from "../../models/account/accounts.ts";
import { refuse } from "../refuse.ts";
import { accountSidOf, field, trimmed } from "../request.ts";

const next = z.string().refine(isOwnPage).catch("");
const query = z.object({ next, from: field });
const form = z.object({ accountSid: trimmed, authToken: trimmed, next });
const goodbye =
  "You are logged out. Everything Parley had cached for the account is deleted; Twilio still has your messages.";

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
    if (from === "logout") response.locals.alerts.push({ kind: "success", message: goodbye });
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

  destroy: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    await this.#accounts.signOut(accountSid);
    await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    response.clearCookie("parley.sid").set("Clear-Site-Data", '"storage"').redirect(303, paths.loggedOut);
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
