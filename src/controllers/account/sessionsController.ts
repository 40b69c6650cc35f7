import type { Request, RequestHandler, Response } from "express";
import { z } from "zod";
import { paths } from "../../helpers/paths.ts";
import type { Accounts } from "../../models/account/accounts.ts";
import { ParleyError } from "../../models/errors.ts";
import { accountSidOf, field } from "../request.ts";

const form = z.object({ accountSid: field, authToken: field, next: field });
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
    const left = request.query.from === "logout";
    if (left) response.locals.alerts = [{ kind: "success", message: goodbye }];
    response.render("account/sessions/new", { accountSid: "", next: localPath(request.query.next) });
  };

  create: RequestHandler = async (request, response) => {
    const { accountSid, authToken, next } = form.parse(request.body ?? {});
    try {
      const account = await this.#accounts.signIn({
        accountSid: accountSid.trim(),
        authToken: authToken.trim(),
      });
      await signIn(request, account.sid);
      response.redirect(303, localPath(next) || paths.chat);
    } catch (error) {
      this.#refuse(response, error, { accountSid, next: localPath(next) });
    }
  };

  destroy: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    await this.#accounts.signOut(accountSid);
    await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    response
      .clearCookie("parley.sid")
      .set("Clear-Site-Data", '"storage"')
      .redirect(303, `${paths.login}?from=logout`);
  };

  #refuse(response: Response, error: unknown, typed: { accountSid: string; next: string }): void {
    if (!(error instanceof ParleyError)) throw error;
    response.locals.alerts = [{ kind: "danger", message: error.message }];
    response.status(error.status).render("account/sessions/new", typed);
  }
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

/** Only a page of our own, never another site's address. */
function localPath(next: unknown): string {
  const isPage = typeof next === "string" && /^\/(chat|admin|targets)(?=[/?]|$)/.test(next);
  return isPage ? next : "";
}
