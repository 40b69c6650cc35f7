import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { Account } from "../models/types.ts";

declare module "express-serve-static-core" {
  interface Locals {
    /** Whose page this is; undefined for strangers. */
    account?: Account;
  }
}

/** Lets only signed-in browsers through; a stranger signs in first and comes back to where they wanted to go. */
export function requireAccount(accounts: Accounts): RequestHandler {
  return async (request, response, next) => {
    const { accountSid } = request.session;
    const account = accountSid === undefined ? undefined : await accounts.find(accountSid);
    if (account === undefined) return response.redirect(303, loginFor(request.method, request.originalUrl));
    response.locals.account = account;
    next();
  };
}

function loginFor(method: string, url: string): string {
  return method === "GET" ? paths.loginThen(url) : paths.login;
}
