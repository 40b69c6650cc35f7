import type { Request, RequestHandler, Response } from "express";
import { paths } from "../helpers/paths.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { Account } from "../models/types.ts";
import { bringsCookie } from "./session.ts";

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
    if (account === undefined) return toLogin(request, response);
    response.locals.account = account;
    next();
  };
}

function toLogin(request: Request, response: Response): void {
  const hasEnded = bringsCookie(request);
  const typed = typedText(request);
  if (typed === "" || !isPlainForm(request)) {
    const wanted = request.method === "GET" ? request.originalUrl : "";
    return response.redirect(303, paths.loginThen(wanted, hasEnded));
  }
  // Without JavaScript the page that the text was typed on is gone, so it is handed back here.
  const next = request.originalUrl.replace(/\/messages$/, "");
  response.status(401).render("account/sessions/new", { accountSid: "", next, hasEnded, typed });
}

function typedText(request: Request): string {
  const { body } = (request.body ?? {}) as { body?: unknown };
  return typeof body === "string" ? body : "";
}

function isPlainForm(request: Request): boolean {
  return !request.get("accept")?.includes("turbo-stream");
}
