import type { RequestHandler } from "express";
import type { Messages } from "../../models/chat/messages.ts";
import { readStatus } from "./forms.ts";

/** What Twilio tells about messages we sent. */
export class MessageStatusesController {
  readonly #messages: Messages;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  create: RequestHandler = async (request, response) => {
    const status = readStatus(request.body);
    if (!status)
      return void response.status(400).type("text/plain").send("This is not a status from Twilio.\n");
    if (status.told) await this.#messages.hear(status.accountSid, status.told, "callback");
    response.status(204).end();
  };
}
