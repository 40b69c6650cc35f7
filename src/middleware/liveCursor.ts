import type { RequestHandler } from "express";
import type { LiveCursor } from "../models/events.ts";
import { isPage } from "./pages.ts";

declare module "express-serve-static-core" {
  interface Locals {
    /** From which event on the page must listen; no page is live without. */
    liveCursor?: number;
    /** Sets `liveCursor`, for a form whose answer turns out to be its page again. */
    readLiveCursor?: () => Promise<void>;
  }
}

/** Reads the cursor before anything of a page, so that nothing between the page and its stream is missed. */
export function liveCursor(events: LiveCursor): RequestHandler {
  return async (request, response, next) => {
    response.locals.readLiveCursor = async () => {
      response.locals.liveCursor = await events.cursor();
    };
    if (isPage(request)) await response.locals.readLiveCursor();
    next();
  };
}
