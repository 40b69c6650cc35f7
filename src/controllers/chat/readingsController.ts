import type { RequestHandler } from "express";
import type { Conversations } from "../../models/chat/conversations.ts";
import { accountSidOf, pairOf } from "../request.ts";

/** Somebody looks at an open conversation in which a message has just arrived. */
export class ReadingsController {
  readonly #conversations: Conversations;

  constructor(conversations: Conversations) {
    this.#conversations = conversations;
  }

  create: RequestHandler = async (request, response) => {
    await this.#conversations.markRead(accountSidOf(request), pairOf(request));
    response.status(204).end();
  };
}
