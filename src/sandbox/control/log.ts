import { Router } from "express";
import type { World } from "../world/world.ts";
import { ControlError } from "./input.ts";

/** Every call of the API and every webhook, newest first. */
export function logRoutes(world: World): Router {
  const router = Router();
  router.get("/log", (_request, response) => void response.json({ entries: world.log.list() }));
  router.post("/log/:id/replays", async (request, response) => {
    if (world.log.find(request.params.id)?.kind !== "webhook")
      throw new ControlError(404, "Only webhooks can be replayed");
    const delivery = await world.replay(request.params.id);
    response.status(201).json({ webhookStatus: delivery?.status ?? null });
  });
  return router;
}
