import type { Response } from "express";
import type { Unverified } from "../world/unverified.ts";
import type { World } from "../world/world.ts";

export function worldOf(response: Response): World {
  return response.app.locals.world as World;
}

/** What this sandbox assumes where nobody knows what Twilio does. */
export function unverifiedOf(response: Response): Unverified {
  return worldOf(response).unverified;
}
