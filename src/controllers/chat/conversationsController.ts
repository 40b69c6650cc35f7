import type { RequestHandler } from "express";
import { z } from "zod";
import { NotFound } from "../../models/errors.ts";
import type { Messages } from "../../models/chat/messages.ts";
import type { ChatPages } from "./chatPage.ts";
import { accountSidOf, count, field, pairOf } from "../request.ts";

const optional = z.string().min(1).max(100).optional().catch(undefined);
const query = z.object({
  number: optional,
  search: field,
  more: z.coerce.number().int().min(0).max(100).catch(0),
  pages: count(40),
  pane: z.enum(["targets", "numbers"]).optional().catch(undefined),
  edit: optional,
});

export class ConversationsController {
  readonly #pages: ChatPages;
  readonly #messages: Messages;

  constructor(pages: ChatPages, messages: Messages) {
    this.#pages = pages;
    this.#messages = messages;
  }

  index: RequestHandler = async (request, response) => {
    const { number, ...rest } = query.parse(request.query);
    const page = await this.#pages.build(accountSidOf(request), { ...rest, twilioNumber: number?.trim() });
    response.render("chat/conversations/show", page);
  };

  show: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const pair = pairOf(request);
    const asked = query.parse(request.query);
    const page = await this.#pages.build(accountSid, { ...asked, ...pair });
    if (page.thread === undefined)
      throw new NotFound("That number is not among your target numbers. Add it with the + button.");
    const edited = asked.edit ? await this.#messages.find(accountSid, asked.edit) : undefined;
    response.render("chat/conversations/show", { ...page, text: edited?.body ?? "" });
  };
}
