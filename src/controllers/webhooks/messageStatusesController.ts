import type { RequestHandler } from "express";
import { z } from "zod";
import { parseStatus } from "../../models/chat/messageStatus.ts";
import type { Messages } from "../../models/chat/messages.ts";

const form = z.object({
  AccountSid: z.string(),
  MessageSid: z.string(),
  MessageStatus: z.string(),
  ErrorCode: z.coerce.number().int().positive().optional().catch(undefined),
});

/** What Twilio tells about messages we sent. */
export class MessageStatusesController {
  readonly #messages: Messages;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  create: RequestHandler = async (request, response) => {
    const parsed = form.safeParse(request.body);
    if (!parsed.success)
      return void response.status(400).type("text/plain").send("This is not a status from Twilio.\n");
    const { AccountSid, MessageSid, MessageStatus, ErrorCode } = parsed.data;
    const status = parseStatus(MessageStatus);
    if (status) await this.#messages.advance(AccountSid, MessageSid, status, ErrorCode ?? null);
    response.status(204).end();
  };
}
