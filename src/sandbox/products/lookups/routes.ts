import { Router } from "express";
import { oldLookupRoutes } from "./oldPhoneNumbers.ts";
import { lookupRoutes } from "./phoneNumbers.ts";

export function lookupsRoutes(): Router {
  return Router({ caseSensitive: true }).use(lookupRoutes(), oldLookupRoutes());
}
