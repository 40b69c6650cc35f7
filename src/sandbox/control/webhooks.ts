import { Router } from "express";
import * as z from "zod";
import type { World } from "../world/world.ts";
import { ControlError, parsed } from "./input.ts";

const webhookSchema = z.strictObject({
  accountSid: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(["GET", "POST"]).default("POST"),
  form: z.record(z.string(), z.string()).default({}),
});

/** Any form to anybody, signed with the account's token: for what Twilio might tell but the sandbox does not by itself. */
export function webhookRoutes(world: World): Router {
  const router = Router();
  router.post("/webhooks", async (request, response) => {
    const { accountSid, ...webhook } = parsed(webhookSchema, request);
    const account = world.accounts.get(accountSid);
    if (!account) throw new ControlError(404, "There is no such account");
    const delivery = await world.post(account, webhook);
    response.status(201).json({ webhookStatus: delivery?.status ?? null });
  });
  return router;
}
