import express, { Router, type ErrorRequestHandler, type RequestHandler } from "express";
import { ownSite } from "../http/ownSite.ts";
import type { World } from "../world/world.ts";
import { accountRoutes } from "./accounts.ts";
import { faultRoutes } from "./faults.ts";
import { ControlError } from "./input.ts";
import { logRoutes } from "./log.ts";
import { textRoutes } from "./texts.ts";
import { webhookRoutes } from "./webhooks.ts";

const largestBody = "32mb";

/** The JSON API for tests and people: faults, texts, any webhook, the log of calls, an account's messages. */
export function controlRoutes(world: World): Router {
  return Router().use(
    "/_sandbox",
    ownSite,
    express.json({ limit: largestBody }),
    faultRoutes(world),
    textRoutes(world),
    webhookRoutes(world),
    logRoutes(world),
    accountRoutes(world),
    missing,
    refuse,
  );
}

const missing: RequestHandler = ({ method, originalUrl }) => {
  throw new ControlError(404, `The sandbox knows no ${method} ${originalUrl}`);
};

const refuse: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const { status, message } = error as { status?: number; message?: string };
  if (error instanceof ControlError) response.status(error.status).json({ message: error.message });
  else if (status !== undefined && status < 500)
    response.status(status).json({ message: `This is no JSON: ${message}` });
  else next(error);
};
