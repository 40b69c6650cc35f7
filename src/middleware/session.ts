import type { Request, RequestHandler } from "express";
import session from "express-session";

declare module "express-session" {
  interface SessionData {
    /** The account this browser is signed in to. */
    accountSid: string;
    /** The Auth Token it signed in with; the session ends with it. */
    tokenId: string;
    /** When Twilio last took the Auth Token from this browser, in milliseconds since 1970. */
    provedAt: number;
    /** The browser's address on the network. */
    address: string;
    /** What the browser calls itself. */
    userAgent: string;
    /** Shown once on the next page. */
    notice: string;
    /** Not stored: this is a session at its sign-in, the only moment at which one comes into being. */
    begins: boolean;
    /** Not stored: this request was made by the page and not by a person, so the session goes on resting. */
    isUnattended: boolean;
  }
}

declare module "express-serve-static-core" {
  interface Locals {
    /** Of the session's cookie for this request. */
    cookieName?: string;
  }
}

export interface SessionOptions {
  /** Keys that cookies are signed with, the newest first. */
  secret: string[];
  /** Makes a store for one of express-session's middlewares, which writes its own functions into it. */
  createStore: () => session.Store;
  publicUrl: string | undefined;
  /** How long a session may last at all, in milliseconds. */
  longestMs: number;
}

/** Under an https address the cookie never crosses the network in clear, and no other host name can set it. */
export function sessions({ publicUrl, ...options }: SessionOptions): RequestHandler {
  const { host, protocol } = new URL(publicUrl ?? "http://127.0.0.1");
  const open = { name: "parley.sid", ...cookieSession("parley.sid", "auto", options) };
  // A tunnel or proxy ends TLS before us and says so in X-Forwarded-Proto.
  const sealed = {
    name: "__Host-parley",
    ...cookieSession("__Host-parley", true, { ...options, proxy: true }),
  };
  return (request, response, next) => {
    const isSealed = protocol === "https:" && request.headers.host?.toLowerCase() === host;
    const { name, handler } = isSealed ? sealed : open;
    response.locals.cookieName = name;
    handler(request, response, next);
  };
}

/** Whether the browser sent a session's cookie, be the session still there or not. */
export function bringsCookie(request: Request): boolean {
  const name = String(request.res?.locals.cookieName);
  return request.headers.cookie?.split(/; */).some((cookie) => cookie.startsWith(`${name}=`)) ?? false;
}

function cookieSession(
  name: string,
  secure: boolean | "auto",
  { secret, createStore, longestMs, proxy }: Omit<SessionOptions, "publicUrl"> & { proxy?: boolean },
): { handler: RequestHandler } {
  const cookie = { httpOnly: true, sameSite: "lax", secure, maxAge: longestMs, path: "/" } as const;
  return {
    handler: session({
      name,
      secret,
      store: createStore(),
      resave: false,
      saveUninitialized: false,
      cookie,
      ...(proxy === undefined ? {} : { proxy }),
    }),
  };
}
