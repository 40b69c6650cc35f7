import { Router } from "express";
import * as z from "zod";
import type { SandboxAccount } from "../world/account.ts";
import { redact } from "../world/redaction.ts";
import type { SandboxMessage } from "../world/resources.ts";
import type { World } from "../world/world.ts";
import { ControlError, parsed } from "./input.ts";

const redactionSchema = z.strictObject({
  body: z.boolean().default(true),
  numbers: z.boolean().default(true),
});

/** An account's messages as the sandbox knows them, and what Twilio does to them by its own settings. */
export function accountRoutes(world: World): Router {
  const router = Router();
  router.get("/accounts/:sid/messages", (request, response) => {
    response.json({ messages: found(world, request.params.sid).log.all().map(toJson) });
  });
  router.post("/accounts/:sid/messages/:message/redactions", (request, response) => {
    const account = found(world, request.params.sid);
    const message = account.log.find(request.params.message);
    if (!message) throw new ControlError(404, "There is no such message");
    redact(account, message, parsed(redactionSchema, request));
    response.status(201).json(toJson(message));
  });
  return router;
}

function found(world: World, sid: string): SandboxAccount {
  const account = world.accounts.get(sid);
  if (!account) throw new ControlError(404, "There is no such account");
  return account;
}

function toJson({ media, ...message }: SandboxMessage): object {
  return {
    ...message,
    media: media.map(({ sid, contentType, content }) => ({ sid, contentType, bytes: content.length })),
  };
}
