import type { Request, RequestHandler, Response } from "express";
import * as z from "zod";
import { turboStreamType } from "../../helpers/turboStream.ts";
import type { Messages } from "../../models/chat/messages.ts";
import { NotFound } from "../../models/errors.ts";
import { accountSidOf, field, pairOf, trimmed } from "../request.ts";
import { aheadField, searchField } from "./searchesController.ts";
import { chatPage, type ChatPage } from "./chatPage.ts";
import type { ChatModels } from "./chatParts.ts";

const optional = field.pipe(z.string().trim().min(1).max(100)).optional().catch(undefined);
const query = z
  .object({
    number: optional,
    q: searchField,
    ahead: aheadField,
    find: trimmed.optional(),
    around: optional,
    show: z.enum(["all", "unread", "waiting"]).optional().catch(undefined),
    after: optional,
    at: z.coerce.number().int().min(0).max(8.64e15).optional().catch(undefined),
    before: optional,
    pane: z.enum(["targets", "numbers"]).optional().catch(undefined),
    edit: optional,
  })
  .transform(({ after, at, q, ahead, show, ...rest }) => ({
    ...rest,
    ...{ typed: q, minutesAhead: ahead, filter: show },
    after: after ? { target: after, lastAt: at === undefined ? null : new Date(at) } : undefined,
  }));

export class ConversationsController {
  readonly #models: ChatModels & { messages: Messages };

  constructor(models: ChatModels & { messages: Messages }) {
    this.#models = models;
  }

  index: RequestHandler = async (request, response) => {
    const { number: twilioNumber, ...rest } = query.parse(request.query);
    const page = await chatPage(this.#models, accountSidOf(request), { ...rest, twilioNumber });
    draw(request, response, "more", page);
  };

  show: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const { edit, ...asked } = query.parse(request.query);
    const page = await chatPage(this.#models, accountSid, { ...asked, ...pairOf(request) });
    // It may still be on its way from Twilio's log.
    const isAwaited = page.thread === undefined && page.sync.state !== "done";
    if (page.thread === undefined && !isAwaited)
      throw new NotFound("That number is not among your target numbers. Add it with the + button.");
    const edited = edit ? await this.#models.messages.find(accountSid, edit) : undefined;
    draw(request, response, "earlier", { ...page, isAwaited, text: edited?.body ?? "" });
  };
}

/** The page, or only what an open one grows by. */
function draw(request: Request, response: Response, part: "more" | "earlier", page: ChatPage): void {
  // Turbo takes both when it follows a form to a page.
  const isPart = request.get("accept") === turboStreamType;
  if (isPart) response.type(turboStreamType);
  response.render(`chat/conversations/${isPart ? part : "show"}`, page);
}
