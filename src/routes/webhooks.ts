import express, { Router } from "express";
import type { InboundMessagesController } from "../controllers/webhooks/inboundMessagesController.ts";
import type { MessageStatusesController } from "../controllers/webhooks/messageStatusesController.ts";
import { paths } from "../helpers/paths.ts";
import { twilioSignature } from "../middleware/twilioSignature.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { VerifySignature } from "../models/account/twilio.ts";

export interface WebhookOptions {
  accounts: Accounts;
  verify: VerifySignature;
  publicUrl: string | undefined;
}

export interface WebhookControllers {
  inboundMessages: InboundMessagesController;
  messageStatuses: MessageStatusesController;
}

/** Every URL for Twilio. */
export function webhookRoutes(
  to: WebhookControllers,
  { accounts, verify, publicUrl }: WebhookOptions,
): Router {
  const router = Router();
  // Not the extended parser: it turns `a[b]` into an object, which breaks the signature.
  const form = express.urlencoded({ extended: false, limit: "256kb", parameterLimit: 1_000 });
  const signed = [form, twilioSignature(accounts, verify, publicUrl)];
  router.post(paths.inboundMessages, signed, to.inboundMessages.create);
  router.post(paths.messageStatuses, signed, to.messageStatuses.create);
  return router;
}
