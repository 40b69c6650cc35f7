import { Router } from "express";
import { messagingPriceRoutes } from "./messaging.ts";
import { phoneNumberPriceRoutes } from "./phoneNumbers.ts";
import { voicePriceRoutes } from "./voice.ts";

export function pricingRoutes(): Router {
  return Router({ caseSensitive: true }).use(
    phoneNumberPriceRoutes(),
    messagingPriceRoutes(),
    voicePriceRoutes(),
  );
}
