import { Router } from "express";
import { alphaSenderRoutes } from "./alphaSenders.ts";
import { poolRoutes } from "./phoneNumbers.ts";
import { registrationRoutes } from "./registrations.ts";
import { serviceRoutes } from "./services.ts";
import { shortCodeRoutes } from "./shortCodes.ts";

export function messagingRoutes(): Router {
  return Router({ caseSensitive: true }).use(
    serviceRoutes(),
    poolRoutes(),
    alphaSenderRoutes(),
    shortCodeRoutes(),
    registrationRoutes(),
  );
}
