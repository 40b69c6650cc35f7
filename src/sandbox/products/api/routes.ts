import { Router } from "express";
import type { World } from "../../world/world.ts";
import { accountRoutes } from "./accounts.ts";
import { addressRoutes } from "./addresses.ts";
import { applicationRoutes } from "./applications.ts";
import { availableNumberRoutes } from "./availableNumbers.ts";
import { callerIdRoutes } from "./callerIds.ts";
import { feedbackRoutes } from "./feedback.ts";
import { incomingNumberRoutes } from "./incomingNumbers.ts";
import { keyRoutes } from "./keys.ts";
import { mediaRoutes } from "./media.ts";
import { messageRoutes } from "./messages.ts";
import { usageRoutes } from "./usage.ts";

export function apiRoutes(world: World): Router {
  return Router({ caseSensitive: true }).use(
    accountRoutes(world),
    keyRoutes(),
    messageRoutes(world),
    mediaRoutes(),
    feedbackRoutes(),
    incomingNumberRoutes(world),
    availableNumberRoutes(world),
    applicationRoutes(),
    addressRoutes(),
    callerIdRoutes(),
    usageRoutes(),
  );
}
