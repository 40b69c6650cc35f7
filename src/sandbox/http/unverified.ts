import type { Response } from "express";
import type { Unverified } from "../world/unverified.ts";

/** What this sandbox assumes where nobody knows what Twilio does. */
export function unverifiedOf(response: Response): Unverified {
  return response.app.locals.unverified as Unverified;
}
