import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { LiveCursor } from "../models/events.ts";

/** Lets only signed-in browsers through; a stranger signs in first and comes back to where they wanted to go. */
export function requireAccount(accounts: Accounts, events: LiveCursor): RequestHandler {
  return async (request, response, next) => {
    const { accountSid } = request.session;
    const account = accountSid === undefined ? undefined : await accounts.find(accountSid);
    if (account === undefined) return response.redirect(303, loginFor(request.method, request.originalUrl));
    response.locals.account = account;
    // Read before anything of the page, so that nothing between the page and its stream is missed.
    response.locals.liveCursor = await events.cursor();
    next();
  };
}

function loginFor(method: string, url: string): string {
  return method === "GET" ? paths.loginThen(url) : paths.login;
}
