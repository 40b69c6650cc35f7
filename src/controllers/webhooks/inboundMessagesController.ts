import type { RequestHandler } from "express";
import type { Messages } from "../../models/chat/messages.ts";
import { readStatus, readText } from "./forms.ts";

/** TwiML that answers with nothing. */
export const taken = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Texts that Twilio posts to us; and statuses, where somebody gave Twilio this address for them too. */
export class InboundMessagesController {
  readonly #messages: Messages;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  create: RequestHandler = async (request, response) => {
    const text = readText(request.body);
    const status = readStatus(request.body);
    if (text) await this.#messages.hear(text.accountSid, text.told, "webhook");
    else if (status?.told) await this.#messages.hear(status.accountSid, status.told, "callback");
    else if (!status)
      return void response.status(400).type("text/plain").send("This is not a text from Twilio.\n");
    response.type("text/xml").send(taken);
  };
}
