import type { RequestHandler } from "express";
import session from "express-session";

declare module "express-session" {
  interface SessionData {
    /** The account this browser is signed in to. */
    accountSid: string;
    /** Shown once on the next page. */
    notice: string;
  }
}

const twoWeeks = 14 * 24 * 60 * 60 * 1000;

export interface SessionOptions {
  secret: string;
  store: session.Store;
  publicUrl: string | undefined;
}

export function sessions({ secret, store, publicUrl }: SessionOptions): RequestHandler {
  return session({
    name: "parley.sid",
    secret,
    store,
    resave: false,
    saveUninitialized: false,
    // A tunnel ends TLS before us and says so in X-Forwarded-Proto; only the cookie's Secure flag follows it.
    proxy: publicUrl?.startsWith("https:") ? true : undefined,
    cookie: { httpOnly: true, sameSite: "lax", secure: "auto", maxAge: twoWeeks },
  });
}
