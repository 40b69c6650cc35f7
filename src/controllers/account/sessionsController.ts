import type { RequestHandler } from "express";
import * as z from "zod";
import { isOwnPage, paths } from "../../helpers/paths.ts";
import { BadCredentials } from "../../models/errors.ts";
import type { Accounts } from "../../models/account/accounts.ts";
import type { Sessions } from "../../models/account/sessions.ts";
import { publicSessionId } from "../../models/account/sessionIds.ts";
import { beginSession } from "./beginSession.ts";
import { endSession } from "./endSession.ts";
import { refuse } from "../refuse.ts";
import { accountSidOf, field, trimmed } from "../request.ts";

const next = z.string().max(2_000).refine(isOwnPage).catch("");
const query = z.object({ next, from: field, ended: field });
const form = z.object({
  accountSid: trimmed.transform((text) => text.slice(0, 200)),
  authToken: trimmed,
  next,
});
const goodbyes = new Map([
  [
    "logout",
    "You are logged out. Everything Parley had stored for the account is deleted; Twilio still has your messages.",
  ],
  ["sign-out", "You are signed out of this browser. Texts go on arriving, and nothing is deleted."],
]);

export class SessionsController {
  readonly #accounts: Accounts;
  readonly #sessions: Sessions;

  constructor({ accounts, sessions }: { accounts: Accounts; sessions: Sessions }) {
    this.#accounts = accounts;
    this.#sessions = sessions;
  }

  /** Every browser that is signed in to the account. */
  index: RequestHandler = async (request, response) => {
    const sessions = await this.#sessions.list(accountSidOf(request));
    response.render("account/sessions/index", { sessions, own: publicSessionId(request.sessionID) });
  };

  new: RequestHandler = async (request, response) => {
    const { accountSid } = request.session;
    if (accountSid !== undefined && (await this.#accounts.find(accountSid)))
      return response.redirect(303, paths.chat);
    const { next, from, ended } = query.parse(request.query);
    const goodbye = goodbyes.get(from);
    if (goodbye) response.locals.alerts.push({ kind: "success", message: goodbye });
    response.render("account/sessions/new", { accountSid: "", next, hasEnded: ended !== "" });
  };

  create: RequestHandler = async (request, response) => {
    const { next, ...typed } = form.parse(request.body ?? {});
    const { accountSid } = typed;
    try {
      await beginSession(request, await this.#accounts.signIn({ ...typed, address: request.ip ?? "" }));
      response.locals.audit("sign-in");
      response.redirect(303, next || paths.chat);
    } catch (error) {
      const reason = error instanceof BadCredentials ? error.reason : (error as Error).name;
      response.locals.audit("sign-in refused", { account: accountSid.slice(-6), reason });
      await refuse(response, error, () => response.render("account/sessions/new", { accountSid, next }));
    }
  };

  /** This browser only: the account stays, and texts go on arriving. */
  destroy: RequestHandler = async (request, response) => {
    await endSession(request, response, paths.signedOut);
  };
}
