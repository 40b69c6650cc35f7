import express, { Router, type Response } from "express";
import { z } from "zod";
import type { World } from "../world/world.ts";
import { ownSite } from "../http/ownSite.ts";
import { faultKinds, type FaultKind } from "../world/faults.ts";

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];
const fault = z.strictObject({
  kind: z.enum(kinds),
  times: z.coerce
    .number()
    .int()
    .positive()
    .nullish()
    .transform((times) => times ?? null),
  path: z.string().max(500).optional(),
  ms: z.coerce.number().int().min(0).max(600_000).optional(),
  code: z.coerce.number().int().min(10_000).max(999_999).optional(),
});
const text = z.strictObject({ from: z.string().min(1), to: z.string().min(1), body: z.string().max(1_600) });

/** The JSON API for tests and people: faults, phones that text, the log of calls, an account's messages. */
export function controlRoutes(world: World): Router {
  const router = Router();
  router.use("/_sandbox", ownSite, express.json());
  router.get("/_sandbox/faults", (_request, response) => response.json({ faults: world.faults.list() }));
  router.post("/_sandbox/faults", (request, response) => {
    const parsed = fault.safeParse(request.body);
    if (!parsed.success) return refuse(response, z.prettifyError(parsed.error));
    response.status(201).json(world.faults.add(parsed.data));
  });
  router.delete("/_sandbox/faults", (_request, response) => {
    world.faults.reset();
    response.status(204).end();
  });
  router.delete("/_sandbox/faults/:id", (request, response) => {
    response.status(world.faults.remove(request.params.id) ? 204 : 404).end();
  });
  router.post("/_sandbox/texts", async (request, response) => {
    const parsed = text.safeParse(request.body);
    if (!parsed.success) return refuse(response, z.prettifyError(parsed.error));
    if (!world.ownerOf(parsed.data.to)) return refuse(response, `No account owns ${parsed.data.to}`);
    const { message, delivery } = await world.phoneTexts(parsed.data);
    const logged = world.ownerOf(parsed.data.to)?.log.find(message.sid) !== undefined;
    response.status(201).json({ sid: logged ? message.sid : null, webhookStatus: delivery?.status ?? null });
  });
  router.get("/_sandbox/log", (_request, response) => response.json({ entries: world.log.list() }));
  router.post("/_sandbox/log/:id/replays", async (request, response) => {
    if (world.log.find(request.params.id)?.kind !== "webhook")
      return void response.status(404).json({ message: "Only webhooks can be replayed" });
    const delivery = await world.replay(request.params.id);
    response.status(201).json({ webhookStatus: delivery?.status ?? null });
  });
  router.get("/_sandbox/accounts/:sid/messages", (request, response) => {
    if (!world.accounts.has(request.params.sid))
      return void response.status(404).json({ message: "There is no such account" });
    const messages = world.messages(request.params.sid).map(({ media, ...message }) => ({
      ...message,
      media: media.map(({ sid, contentType, content }) => ({ sid, contentType, bytes: content.length })),
    }));
    response.json({ messages });
  });
  return router;
}

function refuse(response: Response, message: string): void {
  response.status(400).json({ message });
}
