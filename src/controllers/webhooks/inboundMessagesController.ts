import type { RequestHandler } from "express";
import { z } from "zod";
import type { Messages } from "../../models/chat/messages.ts";
import type { Watch } from "../../models/sync/synchronizer.ts";

const form = z.object({
  AccountSid: z.string(),
  MessageSid: z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/i),
  From: z.string().min(1),
  To: z.string().min(1),
  Body: z.string().catch(""),
  NumMedia: z.coerce.number().int().min(0).catch(0),
});

/** Texts that Twilio posts to us. */
export class InboundMessagesController {
  readonly #messages: Messages;
  readonly #watch: Watch;

  constructor(messages: Messages, watch: Watch) {
    this.#messages = messages;
    this.#watch = watch;
  }

  create: RequestHandler = async (request, response) => {
    const parsed = form.safeParse(request.body);
    if (!parsed.success)
      return void response.status(400).type("text/plain").send("This is not a text from Twilio.\n");
    const { AccountSid, MessageSid, From, To, Body, NumMedia } = parsed.data;
    await this.#messages.receive(AccountSid, {
      sid: MessageSid,
      twilioNumber: To,
      target: From,
      direction: "inbound",
      body: Body,
      status: "received",
      errorCode: null,
      errorMessage: null,
      numMedia: NumMedia,
      // Twilio's form carries no time.
      at: new Date(),
    });
    response.type("text/xml").send('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    this.#watch.webhookArrived(AccountSid);
  };
}
