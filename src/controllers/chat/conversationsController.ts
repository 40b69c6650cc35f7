import type { RequestHandler } from "express";
import { z } from "zod";
import type { Messages } from "../../models/chat/messages.ts";
import { NotFound } from "../../models/errors.ts";
import { accountSidOf, count, field, pairOf } from "../request.ts";
import { chatPage, type ChatModels } from "./chatPage.ts";

const optional = field.pipe(z.string().trim().min(1).max(100)).optional().catch(undefined);
const query = z.object({
  number: optional,
  search: field,
  more: z.coerce.number().int().min(0).max(100).catch(0),
  pages: count(40),
  pane: z.enum(["targets", "numbers"]).optional().catch(undefined),
  edit: optional,
});

export class ConversationsController {
  readonly #models: ChatModels & { messages: Messages };

  constructor(models: ChatModels & { messages: Messages }) {
    this.#models = models;
  }

  index: RequestHandler = async (request, response) => {
    const { number: twilioNumber, ...rest } = query.parse(request.query);
    const page = await chatPage(this.#models, accountSidOf(request), { ...rest, twilioNumber });
    response.render("chat/conversations/show", page);
  };

  show: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const { edit, ...asked } = query.parse(request.query);
    const page = await chatPage(this.#models, accountSid, { ...asked, ...pairOf(request) });
    if (page.thread === undefined)
      throw new NotFound("That number is not among your target numbers. Add it with the + button.");
    const edited = edit ? await this.#models.messages.find(accountSid, edit) : undefined;
    response.render("chat/conversations/show", { ...page, text: edited?.body ?? "" });
  };
}
